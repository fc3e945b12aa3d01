"""Reads a .pb file strictly: what does not add up is an error with its line, never a guess."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate, islice
from pathlib import Path
from typing import BinaryIO

from ratusz.foundation.kit.words import grouped
from ratusz.participation.budget.pabulib.contest import VOTE_TYPES, PabulibContest, grosze, zlote
from ratusz.participation.budget.pabulib.errors import PabulibError, about_quotes
from ratusz.participation.budget.pabulib.lines import MOST_BYTES, Progress, open_stream, plain, text_lines, unpacked
from ratusz.participation.budget.pabulib.tallies import check_tallies
from ratusz.participation.budget.pabulib.votes import VotesReader

SECTIONS = ("META", "PROJECTS", "VOTES")
OBLIGATORY = (
    "description",
    "country",
    "unit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
)
COUNTS = ("num_projects", "num_votes", "min_length", "max_length", "min_points", "max_points", "min_sum_points", "max_sum_points")
MONEY = ("budget", "min_sum_cost", "max_sum_cost", "min_project_cost", "max_project_cost", "leftover_budget")
LISTS = ("category", "beneficiaries", "target")
MOST = {"num_projects": 10_000, "num_votes": 1_000_000}
"""Contests at hand have up to 119 projects and 65,101 ballots; more than this is a fault, and would fill the memory."""
MOST_KEYS, MOST_COLUMNS = 1_000, 60
MOST_OF_A_BLOCK, FEW = 4 << 20, 256
"""Bytes of rows looked at together, and rows between two looks at their bytes."""
_DATE = re.compile(r"\d{4}|(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.\d{4}")


def read_file(path: str | Path, most_bytes: int = MOST_BYTES) -> PabulibContest:
    """The contest in a .pb or .pb.gz file (told by content). Raises PabulibError; `most_bytes` bounds the unpacked size."""
    with open_stream(Path(path)) as stream:
        return read_stream(stream, most_bytes)


def read_bytes(content: bytes, most_bytes: int = MOST_BYTES) -> PabulibContest:
    """The contest in the bytes of a .pb or .pb.gz file. Raises PabulibError."""
    stream: BinaryIO = io.BytesIO(content)
    return read_stream(unpacked(stream) if content.startswith(b"\x1f\x8b") else stream, most_bytes)


def read_stream(stream: BinaryIO, most_bytes: int = MOST_BYTES) -> PabulibContest:
    """The contest in an open binary stream. Raises PabulibError."""
    rows = Rows(stream, most_bytes)
    rows.expect("META", first=True)
    meta, meta_lines = _meta(rows)
    projects, lines = _projects(rows, meta, meta_lines)
    votes = VotesReader(meta, [row["project_id"] for row in projects], [grosze(row["cost"]) for row in projects])
    header = rows.header("VOTES", "voter_id")
    votes.read(rows, header)
    if len(votes.voters) != int(meta["num_votes"]):
        raise PabulibError("num_votes", meta_lines["num_votes"], expected=meta["num_votes"], found=len(votes.voters))
    contest = PabulibContest(meta, tuple(projects), tuple(votes.voters), votes.ballots(), votes.extras(), lines, meta_lines)
    check_tallies(contest)
    return contest


class Rows:
    """CSV rows of the file with their line numbers, section by section."""

    def __init__(self, stream: BinaryIO, most_bytes: int):
        self.progress = Progress()
        self.reader = csv.reader(text_lines(stream, most_bytes, self.progress), delimiter=";", strict=True)

    @property
    def line(self) -> int:
        return self.reader.line_num

    def next(self) -> list[str] | None:
        """The next row that is not blank; None at the end of the file."""
        try:
            for row in self.reader:
                if row and (len(row) > 1 or row[0].strip()):
                    return row
        except csv.Error as error:
            raise PabulibError("quotes", self.line, detail=about_quotes(error)) from error
        return None

    def expect(self, section: str, first: bool = False) -> None:
        """The line that opens a section. Raises PabulibError."""
        row = self.next()
        if row is None:
            raise PabulibError("empty" if first else "section_missing", **({} if first else {"section": section}))
        if row[0].strip() != section or any(cell.strip() for cell in row[1:]):
            if first:
                raise PabulibError("not_pabulib", self.line, found=row[0].strip()[:40])
            raise PabulibError("section_order", self.line, expected=section, found=row[0].strip()[:40])

    def header(self, section: str, first_column: str) -> list[str]:
        row = self.next()
        if row is None:
            raise PabulibError("header_missing", self.line, section=section)
        names = [cell.strip() for cell in row]
        while names and not names[-1]:
            names.pop()
        if not names or names[0] != first_column:
            raise PabulibError("header_first", self.line, section=section, expected=first_column, found=(names or [""])[0][:40])
        if len(names) > MOST_COLUMNS:
            raise PabulibError("too_many_columns", self.line, found=len(names), limit=MOST_COLUMNS)
        for index, name in enumerate(names):
            if name in names[:index]:
                raise PabulibError("column_twice", self.line, name=name)
        return names

    def until(self, section: str) -> Iterator[list[str]]:
        """Rows up to the line that opens `section`, with cells stripped of blanks at their edges."""
        while (row := self.next()) is not None:
            cells = [plain(cell) for cell in row]
            if cells[0] in SECTIONS and not any(cells[1:]):
                if cells[0] == section:
                    return
                raise PabulibError("section_twice", self.line, section=cells[0])
            yield cells
        raise PabulibError("section_missing", section=section)

    def blocks(self, size: int, width: int) -> Iterator[tuple[list[list[str]], Sequence[int]]]:
        """The rest of the file: up to `size` rows of `width` cells at a time, and the line each row ends at."""
        while True:
            before = self.line
            block = self._block(size)
            if not block:
                return
            lines: Sequence[int] = range(before + 1, self.line + 1)
            if len(lines) != len(block):
                lines = _line_ends(block, before)
            if set(map(len, block)) != {width}:
                block, lines = _fitted(block, lines, width)
            if block:
                yield block, lines

    def _block(self, size: int) -> list[list[str]]:
        """Up to `size` rows, fewer of long ones: nobody's long lines fill the memory."""
        block: list[list[str]] = []
        until = self.progress.bytes + MOST_OF_A_BLOCK
        try:
            while len(block) < size and self.progress.bytes < until:
                part = list(islice(self.reader, FEW))
                block += part
                if len(part) < FEW:
                    break
        except csv.Error as error:
            raise PabulibError("quotes", self.line, detail=about_quotes(error)) from error
        return block


def _line_ends(block: list[list[str]], before: int) -> list[int]:
    """Lines of rows of which some hold line breaks inside quotes."""
    return list(accumulate((1 + sum(cell.count("\n") for cell in row) for row in block), initial=before))[1:]


def _fitted(block: list[list[str]], lines: Sequence[int], width: int) -> tuple[list[list[str]], list[int]]:
    """Without blank rows and blank cells beyond the header. Raises PabulibError for a row of another width."""
    rows, ends = [], []
    for row, line in zip(block, lines, strict=True):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) == 1 and row[0].strip() in SECTIONS:
            raise PabulibError("section_twice", line, section=row[0].strip())
        if len(row) < width or any(cell.strip() for cell in row[width:]):
            raise PabulibError("cells", line, found=len(row), expected=width)
        rows.append(row[:width])
        ends.append(line)
    return rows, ends


def _meta(rows: Rows) -> tuple[dict[str, str], dict[str, int]]:
    rows.header("META", "key")
    meta: dict[str, str] = {}
    lines: dict[str, int] = {}
    for cells in rows.until("PROJECTS"):
        key, value = cells[0], cells[1] if len(cells) > 1 else ""
        if not key:
            raise PabulibError("key_empty", rows.line)
        if any(cells[2:]):
            raise PabulibError("cells", rows.line, found=len(cells), expected=2)
        if len(lines) == MOST_KEYS:
            raise PabulibError("too_many_keys", rows.line, limit=MOST_KEYS)
        if key in lines:
            raise PabulibError("key_twice", rows.line, name=key)
        lines[key] = rows.line
        if value:
            _check_meta_value(key, value, rows.line)
            meta[key] = zlote(grosze(value)) if key in MONEY else value
    for key in OBLIGATORY:
        if key not in meta:
            raise PabulibError("key_missing", name=key)
    return meta, lines


def _check_meta_value(key: str, value: str, line: int) -> None:
    if key in COUNTS and not (value.isascii() and value.isdigit() and len(value) < 10):
        raise PabulibError("number", line, name=key, found=value[:40])
    if key in MOST and int(value) > MOST[key]:
        raise PabulibError("too_big_a_count", line, name=key, found=grouped(int(value)), limit=grouped(MOST[key]))
    if key in MONEY:
        _check_money(key, value, line)
    if key == "vote_type" and value not in VOTE_TYPES:
        raise PabulibError("vote_type", line, found=value[:40])
    if key in ("date_begin", "date_end") and not _is_day_or_year(value):
        raise PabulibError("date", line, name=key, found=value[:40])


def _is_day_or_year(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.strptime(text, "%d.%m.%Y" if "." in text else "%Y")
    except ValueError:
        return False
    return True


def _check_money(name: str, value: str, line: int) -> None:
    try:
        grosze(value)
    except ValueError as error:
        raise PabulibError("money", line, name=name, found=value[:40]) from error


def _projects(rows: Rows, meta: dict[str, str], meta_lines: dict[str, int]) -> tuple[list[dict[str, str]], dict[str, int]]:
    header = rows.header("PROJECTS", "project_id")
    if "cost" not in header:
        raise PabulibError("column_missing", rows.line, section="PROJECTS", name="cost")
    if "votes" not in header and "score" not in header:
        raise PabulibError("column_missing", rows.line, section="PROJECTS", name="votes / score")
    projects: list[dict[str, str]] = []
    lines: dict[str, int] = {}
    for cells in rows.until("VOTES"):
        row = _row(cells, header, rows.line)
        number = row.get("project_id")
        if not number:
            raise PabulibError("project_empty", rows.line)
        if number in lines:
            raise PabulibError("project_twice", rows.line, number=number)
        _check_project(row, rows.line)
        row.update(_in_one_form(row))
        lines[number] = rows.line
        projects.append(row)
        if len(projects) > int(meta["num_projects"]):
            raise PabulibError("num_projects", rows.line, expected=meta["num_projects"], found=f"więcej: {number}")
    if len(projects) != int(meta["num_projects"]):
        raise PabulibError("num_projects", meta_lines["num_projects"], expected=meta["num_projects"], found=len(projects))
    return projects, lines


def _row(cells: list[str], header: list[str], line: int) -> dict[str, str]:
    if len(cells) != len(header) and (len(cells) < len(header) or any(cells[len(header) :])):
        raise PabulibError("cells", line, found=len(cells), expected=len(header))
    filled = zip(header, cells, strict=False)
    return {name: cell for name, cell in filled if cell and not (cell == "None" and name in LISTS)}


def _in_one_form(row: dict[str, str]) -> dict[str, str]:
    """Numbers as the writer writes them: no decimals where there are none."""
    counts: dict[str, str] = {name: str(int(row[name].removesuffix(".0"))) for name in ("votes", "score") if name in row}
    return {"cost": zlote(grosze(row["cost"])), **counts}


def _check_project(row: dict[str, str], line: int) -> None:
    _check_money("cost", row.get("cost", ""), line)
    for name in ("votes", "score"):
        value = row.get(name, "0")
        if not (value.isascii() and value.removesuffix(".0").isdigit() and len(value) < 16):
            raise PabulibError("number", line, name=name, found=value[:40])
    if row.get("selected", "0") not in ("0", "1", "2", "3"):
        raise PabulibError("selected", line, found=row["selected"][:40])
