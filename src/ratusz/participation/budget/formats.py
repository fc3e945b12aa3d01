"""A contest in other clothes: JSON, and CSV in a ZIP; both hold all that the .pb file holds and are read with its checks."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from ratusz.foundation.kit.command_line import file_error, sentence
from ratusz.foundation.kit.words import grouped
from ratusz.foundation.kit.zips import NOT_OUR_ZIP
from ratusz.participation.budget.pabulib import PabulibContest, PabulibError, read_file, to_sections
from ratusz.participation.budget.pabulib.reader import read_stream

SECTIONS = ("META", "PROJECTS", "VOTES")
MOST_JSON = 64 << 20
"""JSON is read whole. The largest contest at hand has 4 MB."""
ZIP_NEEDS = "w pliku ZIP powinny być trzy pliki: meta.csv, projects.csv i votes.csv w UTF-8, bez hasła"


JSON_NEEDS = "to nie jest JSON budżetu obywatelskiego: powinny w nim być listy wierszy meta, projects i votes"


class FormatError(ValueError):
    """A file that is refused, with the reason for a person."""

    @property
    def sentence(self) -> str:
        return sentence(str(self))


def to_json(contest: PabulibContest) -> bytes:
    """The contest as JSON: its three sections as lists of rows."""
    # Not splitlines(): it would also split at characters that are part of a text, such as U+2028.
    lines = {name.lower(): text.removesuffix("\n").split("\n") for name, text in to_sections(contest).items()}
    return json.dumps(lines, ensure_ascii=False, indent=1).encode()


def to_csv_zip(contest: PabulibContest) -> bytes:
    """The contest as meta.csv, projects.csv and votes.csv (semicolons, UTF-8) in a ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in to_sections(contest).items():
            archive.writestr(zipfile.ZipInfo(f"{name.lower()}.csv", (2020, 1, 1, 0, 0, 0)), text)
    return target.getvalue()


def read_any(path: Path) -> PabulibContest:
    """A contest from .pb, .pb.gz, .json or .zip, in bounded memory. Raises PabulibError or FormatError with the reason."""
    try:
        if path.suffix == ".json":
            return _json_file(path)
        if path.suffix == ".zip":
            with open(path, "rb") as stream:
                return from_csv_zip(stream)
    except OSError as error:
        raise FormatError(file_error(error)) from error
    return read_file(path)


def _json_file(path: Path) -> PabulibContest:
    with open(path, "rb") as stream:
        content = stream.read(MOST_JSON + 1)
    if len(content) > MOST_JSON:
        raise FormatError(f"plik JSON ma ponad {MOST_JSON >> 20} MB; zapisz go jako .pb albo .zip")
    return from_json(content)


def from_json(content: bytes) -> PabulibContest:
    """The contest in JSON made by `to_json`. Raises FormatError, PabulibError."""
    try:
        plain = json.loads(content)
        parts = {name: "".join(f"{line}\n" for line in plain[name.lower()]).encode() for name in SECTIONS}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FormatError(JSON_NEEDS) from error
    return Joined({name: io.BytesIO(part) for name, part in parts.items()}, "część {}").read_contest()


def from_csv_zip(file: bytes | BinaryIO) -> PabulibContest:
    """The contest in a ZIP made by `to_csv_zip`, unpacked as it is read. Raises FormatError, PabulibError."""
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    try:
        with zipfile.ZipFile(stream) as archive, ExitStack() as opened:
            members = {name: opened.enter_context(archive.open(f"{name.lower()}.csv")) for name in SECTIONS}
            return Joined(cast(dict[str, BinaryIO], members), "{}.csv").read_contest()
    except PabulibError:
        raise
    except (*NOT_OUR_ZIP, KeyError, ValueError) as error:
        raise error if isinstance(error, FormatError) else FormatError(ZIP_NEEDS) from error


class Joined:
    """The three parts as one .pb stream, each behind the line that opens it; knows which part a line belongs to."""

    def __init__(self, parts: dict[str, BinaryIO], place: str):
        self.place, self.lines, self.begins = place, 0, dict.fromkeys(parts, 0)
        self.chunks = self._chunks(parts)

    def _chunks(self, parts: dict[str, BinaryIO]) -> Iterator[bytes]:
        for name, part in parts.items():
            yield f"{name}\n".encode()
            self.lines += 1
            self.begins[name] = self.lines
            last = b"\n"
            while chunk := part.read(1 << 16):
                self.lines += chunk.count(b"\n")
                last = chunk
                yield chunk
            if not last.endswith(b"\n"):
                self.lines += 1
                yield b"\n"

    def read(self, size: int) -> bytes:
        """The next bytes, about 64 kB whatever was asked for."""
        return next(self.chunks, b"")

    def read_contest(self) -> PabulibContest:
        """Raises PabulibError for a fault without a line, FormatError that names the part and its line for the others."""
        try:
            # Lines of the joined stream are lines of no file.
            return replace(read_stream(cast(BinaryIO, self)), lines={}, meta_lines={})
        except PabulibError as error:
            if not error.line:
                raise
            begun = {name: line for name, line in self.begins.items() if line and line < error.line} or {"META": 0}
            name = max(begun, key=begun.__getitem__)
            where = self.place.format(name.lower())
            raise FormatError(error.at(f"{where}, wiersz {grouped(error.line - begun[name])}")) from error
