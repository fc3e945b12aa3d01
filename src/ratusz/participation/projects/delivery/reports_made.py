"""The report by units as rows: the same for its page, PDF and XLSX."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Document, Table
from ratusz.casework.documents.xlsx import Cell, Column, Sheet
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.money import zlotys
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.delivery.queries import figures
from ratusz.participation.projects.models import Delivery, DeliveryState

MONEY_FROM = 7
"""Columns from this one on are amounts in grosze."""


def headings() -> list[str]:
    """Of the table."""
    return [
        _("Unit"), _("Projects"), _("Under way"), _("Of them late"), _("Wait for confirmation"), _("Done"), _("Dropped"),
        _("On the ballot"), _("By contracts"), _("Spent"),
    ]  # fmt: skip


def rows(edition: Edition | None, at: datetime) -> list[list[Any]]:
    """One row for each unit in the order of units, those without a unit first, and one for all; amounts in grosze."""
    found = Delivery.objects.with_days().select_related("unit")
    found = found.of(edition) if edition else found
    by_unit: dict[Any, list[Delivery]] = defaultdict(list)
    for each in found.order_by("unit__sort_key", "unit__name", "pk"):
        by_unit[each.unit].append(each)
    made = [_row(unit.name if unit else _("not named yet"), part, at) for unit, part in by_unit.items()]
    return [*made, _row(_("Together"), [each for part in by_unit.values() for each in part], at)]


def _row(name: str, part: Sequence[Delivery], at: datetime) -> list[Any]:
    counted = figures(list(part), at)
    waits = sum(each.state == DeliveryState.REPORTED for each in part)
    goes = [each for each in part if each.state != DeliveryState.DROPPED]
    amounts = [sum(getattr(each, field) or 0 for each in goes) for field in ("ballot_grosze", "contract_grosze", "spent_grosze")]
    return [name, counted.all, counted.open - waits, counted.late, waits, counted.done, counted.dropped, *amounts]


def as_text(row: Sequence[Any]) -> list[str]:
    """For people."""
    return [zlotys(cell) if place >= MONEY_FROM else str(cell) for place, cell in enumerate(row)]


def title(edition: Edition | None) -> str:
    """Of the report and its files."""
    name = _("Building of projects by units")
    return f"{name}: {edition}" if edition else name


def document(edition: Edition | None, found: Sequence[Sequence[Any]], at: datetime) -> Document:
    """For PDF, in two tables: how many, how much."""
    heads, text = headings(), [as_text(row) for row in found]
    cut = [(slice(1, MONEY_FROM), _("How many")), (slice(MONEY_FROM, None), _("How much, without those dropped"))]
    blocks = [Table([heads[0], *heads[part]], [[row[0], *row[part]] for row in text], caption=words) for part, words in cut]
    return Document(title=title(edition), subtitle=_("As of %(day)s") % {"day": polish_date(at)}, blocks=blocks)


def sheet(found: Sequence[Sequence[Any]]) -> Sheet:
    """For a workbook: amounts are numbers."""
    heads = headings()
    kinds = ["text", *["number"] * (MONEY_FROM - 1), *["zlotys"] * 3]
    columns = [Column(name, 40 if kind == "text" else 16, kind) for name, kind in zip(heads, kinds, strict=True)]
    lines: list[list[Cell]] = [[cell / 100 if place >= MONEY_FROM else cell for place, cell in enumerate(row)] for row in found]
    return Sheet(_("Units"), columns, lines)
