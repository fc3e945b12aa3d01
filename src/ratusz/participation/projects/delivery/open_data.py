"""Buildings as rows of open data and of a workbook: the same public facts as on the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.xlsx import Column, Sheet
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.projects.delivery import wording
from ratusz.participation.projects.delivery.pack import last_stage
from ratusz.participation.projects.delivery.rules import is_late
from ratusz.participation.projects.models import Delivery, DeliveryState

HEADINGS = (
    "edycja", "numer", "nazwa", "pula", "komorka", "etap", "porzucony", "powod_porzucenia", "pierwszy_termin", "termin",
    "po_terminie_dni", "gotowe_od", "przesuniecia", "koszt_na_karcie_zl", "umowa_zl", "wydano_zl", "wyjasnienie_kwot",
    "wyjasnienie_opoznienia", "dane_zmyslone", "adres",
)  # fmt: skip
MONEY = ("koszt_na_karcie_zl", "umowa_zl", "wydano_zl")


def rows(found: Iterable[Delivery], at: datetime, root: str) -> Iterator[list[Any]]:
    """One building a row; amounts in grosze, None where nothing is known."""
    last = last_stage(local_day(at))
    for each in found:
        project, end = each.project, next((day for day in each.days.all() if day.stage == last), None)
        next_on = each.next_on
        late = (local_day(at) - next_on).days if is_late(next_on, each.state, at) else ""
        yield [
            project.edition.year, project.number, project.name, project.pool.name, each.unit.name if each.unit else "",
            wording.stage_words(each.stage), int(each.state == DeliveryState.DROPPED), each.drop_reason,
            _day(end.first_planned_on if end else None), _day(end.planned_on if end else None), late,
            _day(each.finished_on if each.state == DeliveryState.DONE else None), len(each.moves.all()), each.ballot_grosze,
            each.contract_grosze, each.spent_grosze, each.money_note, each.explanation, int(each.is_made_up),
            root + project.get_absolute_url(),
        ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def as_rows(found: Iterable[Delivery], at: datetime, root: str) -> Iterator[list[Any]]:
    """The headings, then the rows; amounts as zlotys with two decimals."""
    yield list(HEADINGS)
    for row in rows(found, at, root):
        yield [_zlotys(cell) if name in MONEY else cell for name, cell in zip(HEADINGS, row, strict=True)]


def _zlotys(grosze: int | None) -> str:
    return "" if grosze is None else f"{grosze // 100}.{grosze % 100:02d}"


def as_sheet(found: Iterable[Delivery], at: datetime, root: str) -> Sheet:
    """The same for a workbook: amounts are numbers."""
    wide = {"nazwa": 60, "komorka": 34, "powod_porzucenia": 40, "wyjasnienie_kwot": 40, "wyjasnienie_opoznienia": 40, "adres": 50}
    columns = [Column(name, wide.get(name, 16), "zlotys" if name in MONEY else "text") for name in HEADINGS]
    lines = (
        [None if cell is None else cell / 100 if name in MONEY else cell for name, cell in zip(HEADINGS, row, strict=True)]
        for row in rows(found, at, root)
    )
    return Sheet(_("How projects are built"), columns, lines)
