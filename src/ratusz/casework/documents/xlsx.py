"""Tables to an XLSX workbook, row by row: numbers stay numbers, no cell is ever a formula, the same tables give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

import xlsxwriter

Cell = str | int | float | None
MOST_CHARACTERS = 32_767
"""Of one cell, by the format; a longer text is cut there and ends with an ellipsis."""
FORMATS = {"text": {}, "number": {"num_format": "#,##0"}, "zlotys": {"num_format": '#,##0.00 "zł"'}}


@dataclass(frozen=True)
class Column:
    """A heading, its width in characters, and what its cells are: text, number, or zlotys (a number of whole and hundredths)."""

    label: str
    width: int = 14
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """One table on a sheet of its own."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def xlsx_of(title: str, sheets: Sequence[Sheet], author: str = "") -> bytes:
    """A workbook of these sheets. Rows are written as they come; none is held."""
    target = io.BytesIO()
    write_xlsx(target, title, sheets, author)
    return target.getvalue()


def write_xlsx(target: IO[bytes], title: str, sheets: Sequence[Sheet], author: str = "") -> None:
    """The same into an open file, so that memory does not grow with the rows. A sheet is read when those before it are written."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        # The moment of writing would make two equal workbooks differ.
        workbook.set_properties({"title": title, "author": author, "created": datetime(2000, 1, 1)})
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {kind: workbook.add_format(facts) for kind, facts in FORMATS.items()}
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.title[:31]), sheet, heading, formats)


def _write(worksheet, sheet: Sheet, heading, formats: dict) -> None:
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width, formats[column.kind])
    worksheet.freeze_panes(1, 0)
    worksheet.repeat_rows(0)
    for index, column in enumerate(sheet.columns):
        worksheet.write_string(0, index, column.label, heading)
    for number, row in enumerate(sheet.rows, 1):
        for index, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write_cell(worksheet, number, index, cell, formats[column.kind])


def _write_cell(worksheet, row: int, column: int, cell: Cell, format) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        worksheet.write_string(row, column, cell if len(cell) <= MOST_CHARACTERS else cell[: MOST_CHARACTERS - 1] + "…")
    else:
        worksheet.write_number(row, column, cell, format)
