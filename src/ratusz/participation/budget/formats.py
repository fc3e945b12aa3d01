"""A contest in other clothes: JSON, and CSV in a ZIP; both hold all that the .pb file holds and are read with its checks."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path

from ratusz.participation.budget.pabulib import PabulibContest, PabulibError, read_bytes, read_file, to_text

SECTIONS = ("META", "PROJECTS", "VOTES")
MOST_BYTES = 512 << 20
NOT_OUR_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, UnicodeDecodeError, RuntimeError)
"""RuntimeError: a member with a password or packed in a way Python does not know."""


class FormatError(ValueError):
    """A file that is refused, with the reason for a person."""


def to_json(contest: PabulibContest) -> bytes:
    """The contest as JSON: its three sections as lists of rows."""
    sections = _sections(to_text(contest))
    return json.dumps({name.lower(): text.splitlines() for name, text in sections.items()}, ensure_ascii=False, indent=1).encode()


def to_csv_zip(contest: PabulibContest) -> bytes:
    """The contest as meta.csv, projects.csv and votes.csv (semicolons, UTF-8) in a ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _sections(to_text(contest)).items():
            archive.writestr(zipfile.ZipInfo(f"{name.lower()}.csv", (2020, 1, 1, 0, 0, 0)), text)
    return target.getvalue()


def read_any(path: Path) -> PabulibContest:
    """A contest from .pb, .pb.gz, .json or .zip. Raises PabulibError or FormatError with the reason."""
    if path.suffix == ".json":
        return from_json(path.read_bytes())
    if path.suffix == ".zip":
        return from_csv_zip(path.read_bytes())
    return read_file(path)


def from_json(content: bytes) -> PabulibContest:
    """The contest in JSON made by `to_json`. Raises FormatError, PabulibError."""
    try:
        plain = json.loads(content)
        return _read({name: "".join(f"{line}\n" for line in plain[name.lower()]) for name in SECTIONS})
    except PabulibError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FormatError(f"to nie jest JSON wyniku budżetu: {error}") from error


def from_csv_zip(content: bytes) -> PabulibContest:
    """The contest in a ZIP made by `to_csv_zip`. Raises FormatError, PabulibError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read({name: _member(archive, f"{name.lower()}.csv") for name in SECTIONS})
    except NOT_OUR_ZIP as error:
        raise FormatError(f"w pliku ZIP powinny być meta.csv, projects.csv i votes.csv w UTF-8: {error}") from error


def _member(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as member:
        content = member.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FormatError(f"{name}: plik po rozpakowaniu ma więcej niż {MOST_BYTES >> 20} MB")
    return content.decode()


def _read(sections: dict[str, str]) -> PabulibContest:
    return read_bytes("".join(f"{name}\n{text}" for name, text in sections.items()).encode())


def _sections(text: str) -> dict[str, str]:
    """The three sections of a .pb text without the lines that open them."""
    rest, found = text, {}
    for name, following in zip(SECTIONS, (*SECTIONS[1:], None), strict=True):
        rest = rest.removeprefix(f"{name}\n")
        part, separator, after = rest.partition(f"\n{following}\n") if following else (rest, "", "")
        found[name] = part + ("\n" if separator else "")
        rest = after
    return found
