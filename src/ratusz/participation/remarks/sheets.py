"""Positions of a consultation as a workbook, out and back: what each row says, and what is wrong with it, in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.words import grouped, search_key
from ratusz.participation.remarks import rules, wording
from ratusz.participation.remarks.actions.positions import Stand
from ratusz.participation.remarks.models import Position, Remark

MOST_ROWS, MOST_UNPACKED, LONGEST_REASONS = 20_000, 200_000_000, 8000
COMPARED = 500
"""Letters and digits of a remark by which its row is known."""
NUMBER, WORDS, VERDICT, REASONS, DUE, VERSION = 0, 1, 5, 6, 7, 8
"""Columns that come back; by its words a row is known as that of its remark. The others are only read by people."""


@dataclass(frozen=True)
class Row:
    """One line that comes back. `version` is the one that stood in the file; 0 for none. `words` are the remark's, "" for none."""

    line: int
    number: int
    stand: Stand
    version: int
    words: str = ""

    def is_of(self, remark: Remark) -> bool:
        """Whether the row stood beside this remark: not in another consultation's file, and not moved against its numbers."""
        return not self.words or _compared(self.words) == _compared(remark.content)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line, in words."""

    line: int
    words: str


def head() -> tuple[str, ...]:
    """Headings of the workbook."""
    return (
        _("No."), _("Content of the remark"), _("Who speaks"), _("Passage or place"), _("Unit"), _("Position of the city"),
        _("Reasons"), _("Until when it is analysed"), _("Version"),
    )  # fmt: skip


def workbook(consultation: Any, rows: Iterable[tuple[Remark, Position | None]]) -> bytes:
    """Remarks with their newest positions, to be filled in and brought back; the verdicts stand on a second sheet."""
    widths = (6, 80, 26, 24, 12, 24, 60, 14, 8)
    columns = [Column(label, width) for label, width in zip(head(), widths, strict=True)]
    verdicts = [[str(label)] for _code, label in Position.Verdict.choices]
    known = Sheet(_("Verdicts"), [Column(_("Position of the city"), 40)], verdicts)
    return xlsx_of(consultation.title, [Sheet(_("Remarks"), columns, (_cells(*each) for each in rows)), known])


def _cells(remark: Remark, position: Position | None) -> list[Any]:
    return [
        remark.number, remark.content, wording.speaks(remark.intake), wording.where_words(remark),
        remark.unit.short_name if remark.unit else "", str(position.get_verdict_display()) if position else "",
        position.reasons if position else "", f"{position.due_on}" if position and position.due_on else "",
        position.version if position else 0,
    ]  # fmt: skip


def read(content: bytes) -> tuple[list[Row], list[Fault]]:
    """Rows with a verdict, and faults of the others; a row without a verdict says nothing. Raises RemarkRefused for no workbook."""
    rows, faults, seen = [], [], set()
    for line, cells in lines(content):
        try:
            row = _row(line, [*cells, *[None] * 9])
            if row is not None and row.number in seen:
                raise rules.RemarkRefused(_("This number stands in the file twice."))
        except rules.RemarkRefused as refusal:
            faults.append(Fault(line, str(refusal)))
            continue
        if row is not None:
            seen.add(row.number)
            rows.append(row)
    return rows, faults


def _row(line: int, cells: list[Any]) -> Row | None:
    verdict = _text(cells[VERDICT])
    if not verdict:
        return None
    reasons = _text(cells[REASONS])
    if len(reasons) > LONGEST_REASONS:
        raise rules.RemarkRefused(_("The reasons are longer than 8,000 characters."))
    stand = Stand(_verdict(verdict), reasons, _day(cells[DUE]))
    return Row(line, _number(cells[NUMBER]), stand, _version(cells[VERSION]), _text(cells[WORDS]))


def _compared(words: str) -> str:
    """Words without what programs change in a cell: signs of other kinds, spaces, ends of lines."""
    return "".join(sign for sign in words if sign.isalnum())[:COMPARED]


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()


def _number(value: Any) -> int:
    text = _text(value).removesuffix(".0")
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise rules.RemarkRefused(_("The first column is the number of the remark."))
    return int(text)


def _version(value: Any) -> int:
    text = _text(value).removesuffix(".0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _verdict(text: str) -> str:
    known = {search_key(str(label)): code for code, label in Position.Verdict.choices}
    known |= {code: code for code in Position.Verdict.values}
    if search_key(text) not in known:
        raise rules.RemarkRefused(_("“%(words)s” is no verdict. Copy one from the second sheet.") % {"words": text[:60]})
    return known[search_key(text)]


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    text = _text(value)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise rules.RemarkRefused(_("Write the day as 2026-12-31.")) from None


def lines(content: bytes, first: int = 2) -> Iterator[tuple[int, list[Any]]]:
    """Rows of the first sheet from that line on, twelve cells each. Raises RemarkRefused for no workbook, or too long a one."""
    refused = rules.RemarkRefused(_("This workbook cannot be opened. Save it as XLSX without a password and choose it again."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise refused
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        # A sheet says itself how large it is, and not always the truth.
        sheet.reset_dimensions()
        found = []
        for number, cells in enumerate(sheet.iter_rows(min_row=first, max_col=12, values_only=True), first):
            if number > MOST_ROWS:
                check_last(number, cells)
            if number > 2 * MOST_ROWS:
                break
            found.append((number, list(cells)))
    except rules.RemarkRefused:
        raise
    except Exception:
        raise refused from None
    yield from found


def check_last(number: int, cells: Iterable[Any]) -> None:
    """Raises RemarkRefused for a line beyond the last one that says something: nothing is left out in silence."""
    if number > MOST_ROWS and any(cells):
        words = _("The table has more than %(most)s rows. Split it into several files.")
        raise rules.RemarkRefused(words % {"most": grouped(MOST_ROWS)})
