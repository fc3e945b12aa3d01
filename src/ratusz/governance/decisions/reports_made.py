"""The report by units or districts as rows of text: the same for its page, PDF and XLSX, from the one query of figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Heading, Table, Text
from ratusz.casework.documents.xlsx import Cell, Column, Sheet
from ratusz.foundation.kit.dates import polish_date
from ratusz.governance.decisions import queries, wording
from ratusz.governance.decisions.models import Decision

KEYS = ("all", "open", "soon", "late_week", "late_month", "late_more", "done", "partly_done", "not_feasible", "share",
        "median_days", "moved", "returned")  # fmt: skip


def columns(by: str) -> list[str]:
    """Headings of the table."""
    return [
        _("Unit") if by == "lead_unit" else _("District"), _("Decided"), _("Under way"), _("Due within 4 weeks"),
        _("Late up to 7 days"), _("Late 8 to 28 days"), _("Late over 28 days"), _("Done in full"),
        _("Partly done"), _("Cannot be done"),
        _("Of those done, in time, %"), _("Median of days"), _("Moved"), _("Returned"),
    ]  # fmt: skip


def rows(found: Sequence[dict[str, Any]], total: dict[str, Any]) -> list[list[Cell]]:
    """One row for each unit or district, and one for all."""
    named = [(row["name"] or _("the whole city"), row) for row in found]
    return [[name, *(row[key] for key in KEYS)] for name, row in (*named, (_("Together"), total))]


def made(by: str, year: int | None, at: datetime) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows; two queries however many decisions there are."""
    decisions = queries.of_year(Decision.objects.all(), year)
    return columns(by), rows(queries.figures(decisions, at, by), queries.figures(decisions, at)[0])


def title(year: int | None) -> str:
    """Of the report and its files."""
    return _("Decisions of the President taken in %(year)s") % {"year": year} if year else _("Decisions of the President")


def document(by: str, year: int | None, at: datetime) -> Document:
    """The report in blocks, for PDF."""
    return Document(title=title(year), subtitle=_("As of %(day)s") % {"day": polish_date(at)}, blocks=tables(by, year, at))


def tables(by: str, year: int | None, at: datetime) -> list[Table]:
    """The report as a page and a screen hold it: what runs in one table, what ended in the next, how it went in the last."""
    headings, cells = made(by, year, at)
    text = [["–" if cell is None else str(cell) for cell in row] for row in cells]
    return [
        Table([headings[0], *headings[part]], [[row[0], *row[part]] for row in text], caption=caption)
        for part, caption in ((slice(1, 7), _("Under way")), (slice(7, 11), _("Ended")), (slice(11, None), _("Course")))
    ]


def sheets(by: str, year: int | None, at: datetime) -> list[Sheet]:
    """The report and every decision behind it."""
    headings, cells = made(by, year, at)
    counts = [Column(headings[0], 40), *(Column(each, 12, "number") for each in headings[1:])]
    decisions = queries.for_list(queries.in_order(queries.of_year(Decision.objects.filter(taken_at__isnull=False), year), at))
    listed = [
        Column(_("Number"), 14), Column(_("Title"), 50), Column(_("Unit"), 40), Column(_("District"), 24), Column(_("State"), 24),
        Column(_("Due day"), 20), Column(_("First due day"), 20), Column(_("Days late"), 10, "number"),
    ]  # fmt: skip
    lines = (
        [
            each.number, each.title, str(each.lead_unit), str(each.district or ""), str(wording.public_state(each, at).words),
            each.due_on.isoformat(), each.first_due_on.isoformat(), wording.late_by(each, at) or None,
        ]
        for each in decisions.iterator(1000)
    )  # fmt: skip
    return [Sheet(_("Report"), counts, cells), Sheet(_("What the President decided"), listed, lines)]


def promises(decisions: Any, at: datetime, heading: str) -> Document:
    """ "Co obiecaliśmy": every promise with its unit, day and state, to be printed; only what everybody may see."""
    blocks: list[Block] = []
    for each in decisions:
        blocks.append(Heading(f"{each.number} {each.title}"))
        state = wording.capital(str(wording.public_state(each, at).words))
        blocks.append(Text(f"{each.public_text}\n{each.lead_unit} · {wording.days_in_words(each, at)} · {state}"))
    return Document(title=_("What we promised"), subtitle=heading, blocks=blocks or [Text(_("Nothing yet."))])
