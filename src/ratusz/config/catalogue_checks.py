"""What is wrong with a Polish catalogue: missing, fuzzy, unused and contradictory entries, plurals, placeholders, lost letters."""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from ratusz.config.catalogues import Module, collected, entries, is_supplement, key_of, modules
from ratusz.foundation.kit.lemmas import accented, is_known

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}")
MOJIBAKE = re.compile("\ufffd|Ã.|Ä[\u0080-\u00bf…‡™›]|Å[\u0080-\u00bf‚„›¼º]|Ĺ.|Ä…")
MARKUP = re.compile(r"<[^>]*>|&\w+;|%\(\w+\)[sdf]|\{\w*\}|\S*[@/]\S*|\S+\.\w\S*")
ALSO_WORDS_WITHOUT_ACCENTS = {"sie", "moze", "zeby", "beda", "bedzie", "byc", "takze", "wiecej", "prosze", "usun", "wyslij"}
"""Left out accents that the dictionary lets pass, because the bare word is a rare word too."""


@dataclass(frozen=True)
class Gap:
    """One thing to mend in one catalogue."""

    module: str
    kind: str
    message: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.module}: {self.kind}: {self.message!r}" + (f" ({self.detail})" if self.detail else "")


def gaps(names: Iterable[str] = ()) -> list[Gap]:
    """Everything to mend in the named modules' catalogues, or in all of them."""
    found = [gap for module in modules(names) for gap in _gaps_of(module)]
    return found + list(_contradictions(names))


def _gaps_of(module: Module) -> Iterator[Gap]:
    written = module.read()
    used, known = {key_of(message): message for message in entries(collected(module))}, {}
    for message in entries(written):
        known[key_of(message)] = message
        for kind, detail in _faults(message):
            yield Gap(module.name, kind, key_of(message)[0], detail)
        if key_of(message) not in used and not is_supplement(message):
            yield Gap(module.name, "unused", key_of(message)[0])
    for key, message in used.items():
        if key not in known:
            yield Gap(module.name, "missing", key[0], key[1] or "")
        elif message.pluralizable != known[key].pluralizable:
            yield Gap(module.name, "missing", key[0], "a plural in the sources, none in the catalogue, or the reverse")
    if entries(written) and not plural_rule_is_polish(written):
        yield Gap(module.name, "wrong-plural", "", "the header's Plural-Forms")


def plural_rule_is_polish(catalogue: Catalog) -> bool:
    """Compares the header's rule with ours for 0 to 200."""
    rule = gettext.c2py(catalogue.plural_expr)
    return catalogue.num_plurals == 3 and all(rule(number) == _polish_form(number) for number in range(201))


def _polish_form(number: int) -> int:
    if number == 1:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def _faults(message: Message) -> Iterator[tuple[str, str]]:
    forms = [form or "" for form in (message.string if isinstance(message.string, (tuple, list)) else [message.string])]
    if not all(forms):
        yield "missing", ""
        return
    if message.fuzzy:
        yield "fuzzy", ""
    if message.pluralizable and len(forms) != 3:
        yield "wrong-plural", f"{len(forms)} forms instead of 3"
    originals = message.id if isinstance(message.id, (tuple, list)) else [message.id]
    for form in forms:
        yield from _faults_of_text(originals[-1], form, may_omit=message.pluralizable)


def _faults_of_text(original: str, text: str, *, may_omit: bool) -> Iterator[tuple[str, str]]:
    expected, present = set(PLACEHOLDER.findall(original)), set(PLACEHOLDER.findall(text))
    if present - expected or (expected - present and not may_omit):
        yield "placeholders", ", ".join(sorted(expected ^ present))
    if [original[:1].isspace(), original[-1:].isspace()] != [text[:1].isspace(), text[-1:].isspace()]:
        yield "edges", "white space at the beginning or the end differs"
    if text != unicodedata.normalize("NFC", text) or MOJIBAKE.search(text):
        yield "letters", "broken or decomposed letters"
    if missing := sorted(_words_without_accents(text)):
        yield "letters", "Polish letters left out: " + ", ".join(missing)


def _words_without_accents(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{3,}", MARKUP.sub(" ", text))
    bare = {word for word in words if word.isascii() and not word.isupper()}
    return {word for word in bare if word.lower() in ALSO_WORDS_WITHOUT_ACCENTS or _is_known_only_with_accents(word)}


def _is_known_only_with_accents(word: str) -> bool:
    return not is_known(word) and bool(accented(word))


def _contradictions(names: Iterable[str]) -> Iterator[Gap]:
    """The same message with different translations in two modules: only one of them would ever be shown."""
    first: dict[tuple[str, str | None], tuple[Module, Message]] = {}
    wanted = {module.name for module in modules(names)}
    for module in modules():
        for message in entries(module.read()):
            owner, other = first.setdefault(key_of(message), (module, message))
            if other.string != message.string and {owner.name, module.name} & wanted:
                detail = f"{owner.name} says {other.string!r}, {module.name} {message.string!r}: give one a context (pgettext)"
                yield Gap(module.name, "contradiction", key_of(message)[0], detail)
