"""Each module's Polish catalogue: collected from its sources, compiled when stale, checked for gaps; needs no GNU gettext.

`python -m ratusz.config.catalogues compile | extract [MODULE…] | check [MODULE…]`
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
PLACE = Path("locale/pl/LC_MESSAGES/django.po")
"""Further languages of single pages (the ballot speaks Ukrainian) are catalogues beside it, kept by hand; a test checks them."""
WITHOUT_APP = ("foundation/kit", "config")
"""Folders with messages that are no Django apps; settings.LOCALE_PATHS names them."""

HEADER = r"""msgid ""
msgstr ""
"Language: pl\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

"""

KEYWORDS: dict = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")
TEMPLATE_ENDINGS = {".html", ".txt", ".xml", ".mjml", ".typ", ".svg"}
SUPPLEMENT = "supplement"
"""A translator's comment that begins so keeps an entry no source of ours uses: it fills a gap of a library's catalogue."""


@dataclass(frozen=True)
class Module:
    """A folder that has a catalogue of its own."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def catalogue_path(self) -> Path:
        return self.folder / PLACE

    def sources(self) -> Iterator[Path]:
        """Python files and templates with messages, without tests and migrations."""
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder).parts[:-1]
            if {"tests", "migrations", "locale", "__pycache__"} & set(inside):
                continue
            if path.suffix == ".py" or (path.suffix in TEMPLATE_ENDINGS and "templates" in inside):
                yield path

    def read(self) -> Catalog:
        """The catalogue as written; an empty one when there is no file."""
        if not self.catalogue_path.exists():
            return Catalog(locale="pl")
        with self.catalogue_path.open("rb") as file:
            return read_po(file, locale="pl", abort_invalid=True)


def modules(names: Iterable[str] = ()) -> list[Module]:
    """All modules, or those named by their folder."""
    folders = [path.parent for path in PACKAGE.rglob("apps.py")] + [PACKAGE / folder for folder in WITHOUT_APP]
    wanted = set(names)
    return [Module(folder) for folder in sorted(folders) if not wanted or folder.name in wanted]


def messages_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """Message (or singular and plural), translators' comments and context of each call in one source."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        text = templatize(text, origin=str(path))
    if not CALL.search(text):
        return  # taking a source apart into tokens is slow, and half of them have no words
    source = io.BytesIO(text.encode())
    for _line, message, comments, context in babel_extract("python", source, KEYWORDS, ["Translators:"]):
        plain = message[:2] if isinstance(message, tuple) else message
        if plain and plain[0]:
            yield plain, comments, context


def collected(module: Module) -> Catalog:
    """What the module's sources say at present, without translations."""
    catalogue = Catalog(locale="pl")
    for path in module.sources():
        for message, comments, context in messages_of(path):
            catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def key_of(message: Message) -> tuple[str, str | None]:
    """What tells two messages apart: the singular and the context."""
    return (message.id[0] if isinstance(message.id, (tuple, list)) else message.id, message.context)


def is_supplement(message: Message) -> bool:
    return any(comment.startswith(SUPPLEMENT) for comment in message.user_comments)


def entries(catalogue: Catalog) -> list[Message]:
    """The catalogue's messages without its header."""
    return [message for message in catalogue if message.id]


def extract(names: Iterable[str] = ()) -> list[Path]:
    """Brings catalogues in line with the sources and returns the changed files.

    Translations stay; a message that moved to another module takes its translation along; messages no longer used go.
    """
    memory = {key_of(message): message for module in modules() for message in entries(module.read()) if _is_translated(message)}
    changed = []
    for module in modules(names):
        text = _as_text(_renewed(module, memory))
        old = module.catalogue_path.read_text(encoding="utf-8") if module.catalogue_path.exists() else HEADER
        if text != old:
            module.catalogue_path.parent.mkdir(parents=True, exist_ok=True)
            module.catalogue_path.write_text(text, encoding="utf-8")
            changed.append(module.catalogue_path)
    return changed


def _renewed(module: Module, memory: dict[tuple[str, str | None], Message]) -> Catalog:
    written = {key_of(message): message for message in entries(module.read())}
    renewed = collected(module)
    for message in entries(renewed):
        known = written.get(key_of(message)) or memory.get(key_of(message))
        if known and message.pluralizable == known.pluralizable:
            message.string, message.user_comments = known.string, known.user_comments
            message.flags |= known.flags & {"fuzzy"}
    for message in written.values():
        if is_supplement(message) and key_of(message) not in {key_of(other) for other in entries(renewed)}:
            renewed[message.id] = message
    return renewed


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def _as_text(catalogue: Catalog) -> str:
    """Sorted and without places and dates, so that two people's changes merge."""
    written = io.BytesIO()
    write_po(written, catalogue, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER + written.getvalue().decode().strip() + "\n" if written.getvalue().strip() else HEADER


def compile_stale() -> list[Path]:
    """Writes each .mo that is missing or older than its .po; fast when nothing changed. Returns what was written."""
    written = []
    for module in modules():
        for source in sorted(module.folder.glob("locale/*/LC_MESSAGES/django.po")):
            if _is_stale(source):
                with source.open("rb") as file:
                    catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
                _write_atomically(source.with_suffix(".mo"), catalogue)
                written.append(source.with_suffix(".mo"))
    return written


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _write_atomically(target: Path, catalogue: Catalog) -> None:
    """Several processes may start at once; each sees a whole file."""
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        write_mo(file, catalogue)
    os.chmod(file.name, 0o644)
    os.replace(file.name, target)


def main(arguments: list[str]) -> int:
    command, names = (arguments or ["compile"])[0], arguments[1:]
    if command == "compile":
        print(f"compiled {len(compile_stale())}")
    elif command == "extract":
        for path in extract(names):
            print(path.relative_to(PACKAGE))
    elif command == "check":
        from ratusz.config.catalogue_checks import gaps

        found = gaps(names)
        for gap in found:
            print(gap)
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
