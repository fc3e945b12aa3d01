"""Files of residents read into lines of the register: CSV in any usual encoding or XLSX; a fault has its row, never its value.

What comes out are keyed digests; PESEL numbers, names and days of birth stay in the file that is read, and the file is not kept.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from ratusz.foundation.kit.pesel import PeselRefused, read_pesel
from ratusz.foundation.kit.words import search_key
from ratusz.participation.voting import residents
from ratusz.participation.voting.rules import VoteRefused

MOST_ROWS, MOST_SHEET_ROWS = 500_000, 60_000
MOST_UNPACKED = 300_000_000
MOST_COLUMNS, LONGEST_LINE, MOST_LINES_OF_A_ROW = 200, 20_000, 50
NO_WORKBOOK = gettext_lazy("This workbook cannot be opened. Save it as XLSX without a password and choose it again.")
SHOWN_FAULTS = 1000
HEADINGS = {
    "pesel": ("pesel", "nr pesel", "numer pesel"),
    "district": ("dzielnica", "nr dzielnicy", "kod dzielnicy", "district"),
    "name": ("imie i nazwisko", "nazwisko i imie", "osoba"),
    "first_name": ("imie", "imiona"),
    "surname": ("nazwisko",),
    "street": ("ulica i numer", "ulica", "adres", "adres zamieszkania"),
    "place": ("kod i miejscowosc", "miejscowosc", "kod pocztowy i miejscowosc"),
    "born": ("data urodzenia", "urodzony", "urodzona"),
}
"""What a column may be called; compared without accents and capitals."""


class RowFault(StrEnum):
    """What is wrong with a row."""

    PESEL_DIGITS = "pesel_not_eleven_digits"
    PESEL_ZERO = "pesel_lost_zero"
    PESEL_CHECKSUM = "pesel_checksum"
    PESEL_DATE = "pesel_date"
    PESEL_CENTURY = "pesel_century"
    PESEL_FUTURE = "pesel_future"
    PESEL_TOO_OLD = "pesel_too_old"
    PESEL_ODD = "pesel_odd"
    DISTRICT = "district"
    NO_NAME = "no_name"
    NO_STREET = "no_street"
    BORN = "born"
    REPEATED = "repeated"
    REPEATED_DIFFERS = "repeated_differs"
    CELLS = "cells"


@dataclass(frozen=True)
class Line:
    """One person of the file. `name`, `street` and `place` live for a letter that is made at once and are not stored."""

    voter_key: bytes = field(repr=False)
    district: str
    age_band: str
    needs_guardian: bool
    name: str = field(default="", repr=False)
    street: str = field(default="", repr=False)
    place: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reading:
    """How rows of a vote are read: by PESEL or by address, on which day ages count, districts by what they may be called."""

    vote: int
    preset: str
    day: date
    guardian_below: int
    districts: Mapping[str, str]


@dataclass
class Found:
    """What a file holds: lines to take, faults by row (the first thousand), how many of each kind."""

    rows: int = 0
    lines: list[Line] = field(default_factory=list, repr=False)
    faults: list[tuple[int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, row: int, fault: RowFault) -> None:
        """Writes a fault down."""
        self.counts[str(fault)] += 1
        if len(self.faults) < SHOWN_FAULTS:
            self.faults.append((row, str(fault)))


class _Refused(Exception):
    def __init__(self, fault: RowFault):
        super().__init__(fault)
        self.fault = fault


def names_of_districts(pools: Iterable[Any]) -> dict[str, str]:
    """What the cell of a district may say: code, number and name of its pool."""
    found: dict[str, str] = {}
    for pool in pools:
        for name in (pool.code, pool.code.lstrip("Ll"), pool.name):
            if name:
                found[residents.plain(name)] = pool.code
    return found


def read_register(content: bytes, reading: Reading, *, for_letters: bool = False) -> Found:
    """All rows of the file, good and bad. Raises VoteRefused for a file that cannot be read at all."""
    rows = _rows(content)
    columns = _columns(next(rows, (0, []))[1], reading, for_letters)
    found, seen = Found(), {}
    for number, cells in rows:
        if not any(_text(cell) for cell in cells):
            continue
        found.rows += 1
        try:
            line = _line(cells, columns, reading, for_letters)
        except _Refused as refusal:
            found.note(number, refusal.fault)
            continue
        _keep(found, seen, number, line)
    if not found.rows:
        raise VoteRefused(_("The file has a heading and no rows."))
    return found


def _keep(found: Found, seen: dict[bytes, Line], number: int, line: Line) -> None:
    """A person who stands in the file twice is taken once; with two districts not for sure, so the second row is named."""
    earlier = seen.setdefault(line.voter_key, line)
    if earlier is line:
        found.lines.append(line)
    else:
        found.note(number, RowFault.REPEATED if earlier.district == line.district else RowFault.REPEATED_DIFFERS)


def _line(cells: list[Any], columns: Mapping[str, int], reading: Reading, for_letters: bool) -> Line:
    if len(cells) <= max(columns.values()):
        raise _Refused(RowFault.CELLS)
    cell = {name: cells[place] for name, place in columns.items()}
    text = {name: _text(value) for name, value in cell.items()}
    name = text.get("name") or f"{text.get('first_name', '')} {text.get('surname', '')}".strip()
    street = text.get("street", "")
    district = reading.districts.get(residents.plain(text["district"]))
    if residents.is_known_by_pesel(reading.preset):
        key, born = _by_pesel(cell["pesel"], reading)
    else:
        born = _born(cell["born"], reading.day)
        key = residents.key_by_address(reading.vote, name, street, born.year)
    if district is None:
        raise _Refused(RowFault.DISTRICT)
    by_name = for_letters or not residents.is_known_by_pesel(reading.preset)
    if by_name and not name:
        raise _Refused(RowFault.NO_NAME)
    if by_name and not street:
        raise _Refused(RowFault.NO_STREET)
    kept = {"name": name[:120], "street": street[:160], "place": text.get("place", "")[:80]} if for_letters else {}
    is_child = residents.needs_guardian(born, reading.day, reading.guardian_below)
    return Line(key, district, residents.band_on(born, reading.day), is_child, **kept)


def _by_pesel(value: Any, reading: Reading) -> tuple[bytes, date]:
    # A spreadsheet takes the number for a number and drops its first zeros; the check digit still vouches for it.
    typed = f"{value:.0f}".zfill(11) if isinstance(value, (int, float)) else _text(value)
    try:
        pesel = read_pesel(typed, reading.day)
    except PeselRefused as refusal:
        digits = re.sub(r"\D", "", typed)
        is_short = refusal.fault == "not_eleven_digits" and 9 <= len(digits) <= 10
        raise _Refused(RowFault.PESEL_ZERO if is_short else RowFault(f"pesel_{refusal.fault}")) from None
    if pesel.is_suspicious:
        raise _Refused(RowFault.PESEL_ODD)
    return residents.key_by_pesel(reading.vote, pesel), pesel.birth_date


def _born(value: Any, day: date) -> date:
    born = value.date() if isinstance(value, datetime) else _typed_day(_text(value))
    if not date(day.year - 115, 1, 1) <= born <= day:
        raise _Refused(RowFault.BORN)
    return born


def _typed_day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # a calendar day, no moment
        except ValueError:
            continue
    raise _Refused(RowFault.BORN)


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).replace("\x00", "").split())


def _columns(heading: list[Any], reading: Reading, for_letters: bool) -> dict[str, int]:
    """Which cell is what. Only columns that are needed are looked at; everything else in the file stays unread."""
    known = {word: name for name, words in HEADINGS.items() for word in words}
    columns: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = known.get(" ".join(search_key(_text(cell).lstrip("\ufeff")).split()))
        if name:
            columns.setdefault(name, place)
    by_name = for_letters or not residents.is_known_by_pesel(reading.preset)
    wanted = {"district"} | ({"pesel"} if residents.is_known_by_pesel(reading.preset) else {"born"})
    wanted |= {"street"} if by_name else set()
    missing = sorted(HEADINGS[name][0] for name in wanted - set(columns))
    if by_name and not ("name" in columns or {"first_name", "surname"} <= set(columns)):
        missing.append(HEADINGS["name"][0])
    if missing:
        raise VoteRefused(_("The first row has to name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)})
    of_names = {"name", "first_name", "surname", "place"} if by_name else set()
    return {name: place for name, place in columns.items() if name in wanted | of_names}


def _rows(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their numbers, as a spreadsheet counts them."""
    if content[:4] == b"PK\x03\x04":
        yield from _sheet_rows(content)
        return
    text = _decoded(content)
    if "\x00" in text:
        raise VoteRefused(_("This is no table. Save it as CSV or XLSX and choose it again."))
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for count, cells in enumerate(reader):
            if count > MOST_ROWS:
                raise VoteRefused(_("The file has too many rows. Divide it, for example by districts."))
            lines.of_row = 0
            yield reader.line_num, list(cells)
    except csv.Error:
        raise VoteRefused(_("Row %(row)s cannot be read as CSV.") % {"row": reader.line_num}) from None


class _Lines:
    """Lines of a text for the CSV reader; one that no row of people is long enough for, or a row of very many, is a csv.Error."""

    def __init__(self, text: str):
        self._lines, self.of_row = io.StringIO(text, newline=""), 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line, self.of_row = next(self._lines), self.of_row + 1
        if len(line) > LONGEST_LINE or self.of_row > MOST_LINES_OF_A_ROW:
            raise csv.Error
        return line


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Polish Windows writes. Signs that make no Polish text are refused, not guessed."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise VoteRefused(_("The signs of this file cannot be read. Save it as CSV in UTF-8 and choose it again."))


def _sheet_rows(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise VoteRefused(_("The file has too many rows. Divide it, for example by districts."))
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
    except VoteRefused:
        raise
    except Exception:
        raise VoteRefused(NO_WORKBOOK) from None
    # A sheet says itself how large it is, and not always the truth.
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1)
    while True:
        try:
            number, cells = next(rows, (0, ()))
        except Exception:
            raise VoteRefused(NO_WORKBOOK) from None
        if not number:
            return
        if number > MOST_SHEET_ROWS:
            raise VoteRefused(_("A workbook takes 60,000 rows. Save it as CSV, or divide it."))
        yield number, list(cells)
