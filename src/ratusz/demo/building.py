"""How Katowice's winning projects are built in the demo city: that they won is a public fact, all else is made up and says so.

Most rows are written many at once, as if they had been reported for years; a few go through the deeds of units and their links.
"""

from __future__ import annotations

import io
import random
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from ratusz.demo.drawn import drawn
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.actions import delivery as actions
from ratusz.participation.projects.delivery.pack import stages_on
from ratusz.participation.projects.models import (
    DayMove,
    Delivery,
    DeliveryDay,
    DeliveryPhoto,
    DeliveryState,
    DeliveryStep,
    DropKind,
)
from ratusz.publishing.following.models import ThingNews

Kind = DeliveryStep.Kind
UNIT_OF = {
    "culture": "K", "education": "ES", "sport": "MOSIR", "welfare": "MOPS", "public transit and roads": "MZUIM", "health": "PS",
    "environmental protection": "KST", "urban greenery": "ZZM",
}  # fmt: skip
"""Category to the unit that builds such things; the rest goes to the unit of buildings and roads."""
ELSE = "BD"
SYMBOLS = ("BD", "ZZM", "MZUIM", "MOSIR", "ES", "K")
"""For projects whose category is not published."""
SHARES = {2020: (96, 0), 2021: (92, 4), 2022: (82, 14), 2023: (64, 32)}
"""Year of the vote: how many of a hundred are done, how many under way; the rest is dropped."""
REASONS = (
    "Teren okazał się prywatny, a właściciel nie zgodził się na prace (powód zmyślony na potrzeby demo).",
    "Pod terenem biegnie gazociąg; gestor sieci odmówił zgody (powód zmyślony na potrzeby demo).",
)
MOVES = (
    "Pierwszy przetarg bez ofert, ogłaszamy drugi (powód zmyślony).",
    "Dostawca opóźnił urządzenia o kwartał (powód zmyślony).",
    "Uzgodnienia z gestorem sieci trwały dłużej, niż zakładaliśmy (powód zmyślony).",
)
MONEY = "Oferta w przetargu różniła się od kosztorysu z karty (kwota zmyślona)."


def load(report: Report) -> None:
    """Repeatable: a building that has its made-up facts keeps them."""
    report("realizacja zwycięskich projektów")
    with acting(system("demo")):
        units = _units()
        for edition in Edition.objects.published().of_this_city().filter(year__in=SHARES).order_by("year"):
            actions.open_deliveries(edition=edition)
            _make_up(edition, units)
        _shown_by_deeds()
        # What the demo tells of its own past goes to nobody.
        ThingNews.objects.filter(told_at=None).update(told_at=database_now())


def _units() -> dict[str, Unit]:
    units = {unit.short_name: unit for unit in Unit.objects.filter(short_name__in=[*UNIT_OF.values(), ELSE])}
    for symbol, unit in units.items():
        if unit.kind in actions.links.OUTSIDE and not unit.email:
            Unit.objects.filter(pk=unit.pk).update(email=f"{symbol.lower()}@demo.ratusz.example")
    return units


def _make_up(edition: Edition, units: dict[str, Unit]) -> None:
    """Unit, stage, days, money and course of each building of an edition, in a handful of statements."""
    today, rows = local_day(database_now()), _Rows()
    found = Delivery.objects.of(edition).filter(is_made_up=False, unit=None, state=DeliveryState.OPEN)
    for delivery in found.select_related("project__pool").order_by("pk"):
        chance = random.Random(f"{edition.year} {delivery.project.number}")
        symbol = UNIT_OF.get(delivery.project.category, ELSE) if delivery.project.category else chance.choice(SYMBOLS)
        delivery.unit = units.get(symbol) or units.get(ELSE)
        delivery.is_made_up = True
        done, under_way = SHARES[edition.year]
        throw = chance.randrange(100)
        if throw < done:
            _done(delivery, edition.year, chance, rows)
        elif throw < done + under_way:
            _under_way(delivery, today, chance, rows)
        else:
            _dropped(delivery, edition.year, chance, rows)
        rows.deliveries.append(delivery)
    rows.write()


class _Rows:
    """What is written at once in the end."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.days: list[DeliveryDay] = []
        self.moves: list[DayMove] = []
        self.steps: list[DeliveryStep] = []

    def step(self, delivery: Delivery, kind: str, day: date, text: str = "", stage: str = "") -> None:
        """One step of the course on its day."""
        self.steps.append(
            DeliveryStep(
                delivery=delivery,
                kind=kind,
                stage=stage or delivery.stage,
                day=day,
                text=text,
                happened_at=moment(day),
                unit=delivery.unit,
            )  # fmt: skip
        )

    def write(self) -> None:
        """In the order in which they happened."""
        fields = ["unit", "state", "stage", "contract_grosze", "spent_grosze", "money_note", "explanation", "finished_on",
                  "drop_kind", "drop_reason", "is_made_up", "ended_at"]  # fmt: skip
        Delivery.objects.bulk_update(self.deliveries, fields, batch_size=200)
        DeliveryDay.objects.bulk_create(self.days)
        DayMove.objects.bulk_create(self.moves)
        DeliveryStep.objects.bulk_create(sorted(self.steps, key=lambda step: step.day))


def moment(day: date) -> datetime:
    """Ten in the morning of a day."""
    return make_aware(datetime.combine(day, time(10)))


def _passed(delivery: Delivery, until: str, first: date, last: date, rows: _Rows) -> None:
    """Stages up to one of them, their days spread evenly."""
    codes = [stage.code for stage in stages_on(last)][1:]
    codes = codes[: codes.index(until) + 1] if until in codes else []
    for place, code in enumerate(codes):
        day = first + (last - first) * (place + 1) / (len(codes) or 1)
        rows.days.append(DeliveryDay(delivery=delivery, stage=code, planned_on=day, first_planned_on=day, reached_on=day))
        kind = Kind.DONE if code == "done" else Kind.STAGE
        rows.step(delivery, kind, day, stage=code)


def _done(delivery: Delivery, year: int, chance: random.Random, rows: _Rows) -> None:
    start, end = date(year + 1, 1, 15), date(year + 1, 5, 1) + timedelta(days=chance.randrange(420))
    rows.step(delivery, Kind.UNIT, start)
    _passed(delivery, "done", start, end, rows)
    saved = chance.choice((0, 0, 0, 2, 5, 8))
    delivery.contract_grosze = delivery.ballot_grosze * (100 - saved) // 100
    delivery.spent_grosze, delivery.money_note = delivery.contract_grosze, MONEY if saved else ""
    delivery.state, delivery.stage, delivery.finished_on, delivery.ended_at = DeliveryState.DONE, "done", end, moment(end)


def _under_way(delivery: Delivery, today: date, chance: random.Random, rows: _Rows) -> None:
    """At one of the stages; a third of them late, some with a moved day."""
    stage = chance.choice(("design", "tender", "contract", "building", "building", "acceptance"))
    delivery.stage = stage
    rows.step(delivery, Kind.UNIT, today - timedelta(days=400))
    _passed(delivery, stage, today - timedelta(days=380), today - timedelta(days=chance.randrange(20, 120)), rows)
    if stage in ("contract", "building", "acceptance"):
        delivery.contract_grosze = delivery.ballot_grosze
        delivery.spent_grosze = delivery.ballot_grosze * chance.randrange(0, 9) // 10
    due = today + timedelta(days=chance.randrange(-40, 200))
    first = due - timedelta(days=chance.choice((0, 0, 90)))
    rows.days.append(DeliveryDay(delivery=delivery, stage="done", planned_on=due, first_planned_on=first))
    if first != due:
        reason, day = chance.choice(MOVES), min(first - timedelta(days=10), today - timedelta(days=5))
        rows.moves.append(DayMove(delivery=delivery, stage="done", was_on=first, now_on=due, reason=reason, moved_at=moment(day)))
        rows.step(delivery, Kind.MOVED, day, reason)
    if due < today and chance.randrange(2):
        delivery.explanation = "Odbiór czeka na poprawki wykonawcy (powód zmyślony)."
        rows.step(delivery, Kind.EXPLAINED, min(today, due + timedelta(days=3)), delivery.explanation)


def _dropped(delivery: Delivery, year: int, chance: random.Random, rows: _Rows) -> None:
    day = date(year + 1, 3, 1) + timedelta(days=chance.randrange(200))
    delivery.state, delivery.drop_kind, delivery.drop_reason = DeliveryState.DROPPED, DropKind.DECISION, chance.choice(REASONS)
    delivery.ended_at = moment(day)
    rows.step(delivery, Kind.DROPPED, day, delivery.drop_reason)


def _shown_by_deeds() -> None:
    """Through the actions: one waits for confirmation, others were just reported, photos stand at the gate and past it."""
    editor, head = (User.objects.filter(email__startswith=f"{name}@").first() for name in ("editor", "head"))
    if editor is None or head is None or DeliveryPhoto.objects.exists():
        return
    today = local_day(database_now())
    going = Delivery.objects.filter(project__edition__year=2023, is_made_up=True).select_related("unit").order_by("pk")
    built = list(going.filter(state=DeliveryState.DONE)[:6])
    for number, delivery in enumerate(built):
        actions.add_photos(delivery=delivery, photos=[_photo(number, delivery.finished_on or today)], person=editor)
    running = list(going.filter(state=DeliveryState.OPEN, stage__in=("building", "acceptance"))[:3])
    for number, delivery in enumerate(running):
        assert delivery.unit is not None
        actions.report(
            delivery=delivery, stage="acceptance", day=today, text="Prace skończone, sprawdzamy jakość (meldunek zmyślony).",
            photos=[_photo(10 + number, today)], by_unit=delivery.unit,
        )  # fmt: skip
    if running:
        amount = running[0].ballot_grosze if running[0].contract_grosze is None else running[0].contract_grosze
        actions.report_done(
            delivery=running[0],
            day=today,
            text="Można korzystać (meldunek zmyślony).",
            spent_grosze=amount,
            by_unit=running[0].unit,
        )


def _photo(number: int, day: date) -> dict:
    """A drawn picture that says it is one."""
    file = io.BytesIO(drawn("park", 100 + number))
    alt = "Rysunek na potrzeby demo: skwer ze ścieżką i drzewami"
    return {"upload": file, "alt": alt, "taken_on": day, "nobody": True}
