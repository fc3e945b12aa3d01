"""A table that somebody sends, XLSX or CSV in any usual encoding, as rows of cells; what is no table is refused in words."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from ratusz.foundation.files.inspection import inspect, kind_of
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.words import grouped

MOST_UNPACKED, MOST_COLUMNS, LONGEST_LINE = 200_000_000, 60, 50_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb"<mergeCell\s")


class TableRefused(ValueError):
    """It is no table we can read; the message says why and what to do."""


class Formula(str):
    """A cell that holds a formula: what it comes to would depend on who opens it."""


def lines(content: bytes, most_rows: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows of the first sheet with their numbers as a spreadsheet counts them, the heading too. Raises TableRefused.

    Cells of XLSX keep their kinds; one shown as a percentage comes as so many per cent, a formula as Formula. CSV has texts.
    """
    if not content:
        raise TableRefused(_("The file is empty. Choose another one."))
    is_text = not (content.startswith((b"PK", OLD_OFFICE)) or kind_of(content))
    found = _csv_lines(content) if is_text else _sheet_lines(content)
    for number, cells in found:
        if number > most_rows and any(cells):
            words = _("The table has more than %(most)s rows. Split it into several files.")
            raise TableRefused(words % {"most": grouped(most_rows)})
        if number > 2 * most_rows:
            return
        yield number, cells


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    text = _decoded(content)
    if "\x00" in text:
        raise TableRefused(_("This is no table. Save it as CSV or XLSX and choose it again."))
    delimiter = max(";,\t", key=text.partition("\n")[0].count)
    reader = csv.reader((_checked(line) for line in io.StringIO(text, newline="")), delimiter=delimiter)
    number, started = 0, 1
    try:
        for cells in reader:
            number, started = started, reader.line_num + 1
            yield number, list(cells)[:MOST_COLUMNS]
    except csv.Error:
        raise TableRefused(_("Row %(row)s cannot be read as CSV.") % {"row": started}) from None


def _checked(line: str) -> str:
    if len(line) > LONGEST_LINE:
        raise csv.Error
    return line


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Polish Windows writes."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused(_("The signs of this file cannot be read. Save it as CSV in UTF-8 and choose it again."))


def _sheet_lines(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    try:
        inspect(content, ("xlsx",))
    except FileRefused as refusal:
        raise TableRefused(" ".join(refusal.messages)) from refusal
    unreadable = TableRefused(_("This workbook cannot be opened. Save it as XLSX without a password and choose it again."))
    try:
        _refuse_merged(content)
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        # A sheet says itself how large it is, and not always the truth.
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1)
        while (found := next(rows, None)) is not None:
            yield found[0], [_cell(each) for each in found[1]]
    except TableRefused:
        raise
    except Exception:
        raise unreadable from None


def _refuse_merged(content: bytes) -> None:
    """A cell merged over several leaves the others empty, so nobody can say which column or row it belongs to."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
            raise TableRefused(_("The file has too many rows. Divide it."))
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        if any(_MERGED.search(packed.read(name)) for name in sheets):
            raise TableRefused(_("There are merged cells in the sheet. Unmerge them, so that each column has its own heading."))


def _cell(cell: Any) -> Any:
    value = cell.value
    if cell.data_type == "f" or isinstance(value, str) and value.startswith("="):
        return Formula(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return round(value * 100, 6)
    return value
