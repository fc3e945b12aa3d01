"""The register of remarks as a report lists it: one row a remark, read as a stream, with no author in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import Intake, Position, Remark
from ratusz.participation.remarks.queries import OWES_NO_POSITION

CHUNK = 1000
NOT_LISTED = OWES_NO_POSITION
"""Counted by reason and under their own heading, never in the register."""


@dataclass(frozen=True)
class Row:
    """One remark with its newest position. Codes are "" where there is none; texts are as everybody may read them."""

    number: int
    day: date | None
    channel: str
    category: str
    state: str
    content: str
    verdict: str = ""
    position_state: str = ""
    reasons: str = ""
    due_on: date | None = None
    unit: str = ""
    cluster: str = ""
    receipt: str = ""
    organisation: str = ""
    where: str = ""
    supporters: int = 1
    in_area: bool | None = None
    intake: int = 0

    @property
    def is_withdrawn(self) -> bool:
        return self.state == Intake.State.WITHDRAWN or self.verdict == Position.Verdict.WITHDRAWN


def rows_of(consultation: Consultation) -> Iterator[Row]:
    """Every listed remark in the order of its number, however many there are: at most CHUNK are held at once."""
    newest = Prefetch(
        "positions", Position.objects.select_related("unit").order_by("remark_id", "-version"), to_attr="newest_first"
    )
    listed = Remark.objects.filter(consultation=consultation).exclude(intake__state__in=NOT_LISTED)
    lean = listed.defer("content", "words", "public_words", "place", "intake__answers")
    chosen = lean.select_related("intake", "unit", "cluster").prefetch_related(newest).order_by("number")
    return (_row(each) for each in chosen.iterator(chunk_size=CHUNK))


def _row(remark: Remark) -> Row:
    intake = remark.intake
    position: Position | None = next(iter(remark.newest_first), None)  # type: ignore[attr-defined]
    unit = (position and position.unit) or remark.unit
    return Row(
        number=remark.number, day=local_day(intake.received_at), channel=intake.channel, category=intake.category,
        state=intake.state, content=remark.public_content.strip() if remark.is_public else "", receipt=intake.receipt,
        organisation=intake.organisation,
        verdict=position.verdict if position else "", position_state=position.state if position else "",
        reasons=position.reasons.strip() if position else "", due_on=position.due_on if position else None,
        unit=unit.name if unit else "", cluster=remark.cluster.name if remark.cluster else "",
        where=_where(remark), supporters=intake.supporters, in_area=intake.is_in_area, intake=intake.pk,
    )  # fmt: skip


def _where(remark: Remark) -> str:
    passage = _("passage %(passage)s") % {"passage": remark.passage} if remark.passage else ""
    return "; ".join(filter(None, [passage, remark.place_words]))


def columns() -> list[str]:
    """Headings of the register, one for each of `cells`."""
    return [
        _("No."), _("Received"), _("Through"), _("Who speaks"), _("Content of the remark"), _("Passage or place"),
        _("Position of the President"), _("Reasons"), _("Unit"), _("Cluster"), _("Receipt"),
    ]  # fmt: skip


def cells(row: Row) -> list[str]:
    """The row as people read it."""
    return [
        str(row.number), row.day.strftime("%d.%m.%Y") if row.day else "", _label(Intake.Channel, row.channel), _who(row),
        row.content, _with_area(row), _position(row), row.reasons, row.unit, row.cluster, row.receipt,
    ]  # fmt: skip


def _label(choices: type, code: str) -> str:
    return str(choices(code).label) if code else ""


def _who(row: Row) -> str:
    who = _label(Intake.Category, row.category)
    who = f"{who}: {row.organisation}" if row.organisation else who
    return who if row.supporters < 2 else _("%(who)s (people: %(number)s)") % {"who": who, "number": row.supporters}


def _with_area(row: Row) -> str:
    outside = _("outside the area of the consultation") if row.in_area is False else ""
    late = _label(Intake.State, row.state) if row.state in (Intake.State.LATE, Intake.State.OUT_OF_SCOPE) else ""
    return "; ".join(filter(None, [row.where, outside, late]))


def _position(row: Row) -> str:
    if row.is_withdrawn:
        return _label(Position.Verdict, Position.Verdict.WITHDRAWN)
    words = _label(Position.Verdict, row.verdict)
    if row.verdict == Position.Verdict.FURTHER_ANALYSIS and row.due_on:
        return _("%(position)s until %(day)s") % {"position": words, "day": polish_date(row.due_on)}
    return words


@dataclass(frozen=True)
class Totals:
    """The register in numbers; `digest` changes when a cell of it does."""

    count: int
    verdicts: dict[str, int]
    digest: str


class Counting:
    """Counts and digest of the rows that go by; none is held."""

    def __init__(self) -> None:
        self.count, self.verdicts, self.hash = 0, dict[str, int](), hashlib.sha256()

    def take(self, row: Row) -> None:
        self.count += 1
        verdict = Position.Verdict.WITHDRAWN.value if row.is_withdrawn else row.verdict
        self.verdicts[verdict] = self.verdicts.get(verdict, 0) + 1
        self.hash.update(json.dumps(cells(row), ensure_ascii=False).encode())

    def done(self) -> Totals:
        return Totals(self.count, self.verdicts, self.hash.hexdigest())
