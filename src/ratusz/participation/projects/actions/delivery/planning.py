"""Planned days of the stages, moved with a reason; amounts with their differences explained; the reason of a delay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects.actions.delivery.steps import begin, keep, set_clocks
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.delivery.pack import stage_words
from ratusz.participation.projects.models import DayMove, Delivery, DeliveryDay, DeliveryState, DeliveryStep


@transaction.atomic
def plan_days(
    *, delivery: Delivery, planned: Mapping[str, date | None], reason: str = "", person: Any = None, by_unit: Unit | None = None
) -> Delivery:
    """Plans the days of stages to come; a day that was planned is moved with a reason for everybody.

    Raises NotYours, DeliveryRefused.
    """
    delivery, at = begin(delivery, "plan", person, by_unit)
    rules.check_state(delivery, DeliveryState.OPEN)
    for stage in planned:
        rules.check_stage(stage, at)
    known = {each.stage: each for each in delivery.days.all()}
    facts = {stage: (each.planned_on, each.reached_on) for stage, each in known.items()}
    is_moved = rules.check_plan(planned, facts, reason, at)
    reason = rules.check_words(reason, at, needed=is_moved)
    changed = {}
    for stage, day in planned.items():
        was, reached = facts.get(stage, (None, None))
        if day is not None and reached is None and day != was:
            changed[stage] = day
    if not changed:
        raise rules.DeliveryRefused(_("No day was changed."))
    told, moves = [], []
    for stage, day in changed.items():
        row = known.get(stage) or DeliveryDay(delivery=delivery, stage=stage)
        if row.planned_on is not None:
            moves.append(
                DayMove(
                    delivery=delivery, stage=stage, was_on=row.planned_on, now_on=day, reason=reason, moved_at=at, moved_by=person
                )
            )
        row.planned_on, row.first_planned_on = day, row.first_planned_on or day
        row.save()
        told.append(f"{stage_words(stage)}: {polish_date(day)}")
    DayMove.objects.bulk_create(moves)
    text = "; ".join(told) + (f". {reason}" if reason else "")
    kind = DeliveryStep.Kind.MOVED if moves else DeliveryStep.Kind.PLANNED
    days = {stage: str(day) for stage, day in changed.items()}
    before = {move.stage: str(move.was_on) for move in moves}
    if not _is_late(delivery, at):
        # It explained a day that is planned anew; should that one pass too, it is explained anew.
        delivery.explanation = ""
    keep(delivery, "plan_delivery", person, at, kind=kind, text=text[:600], before=before, days=days)
    set_clocks(delivery, at)
    return delivery


@transaction.atomic
def write_money(
    *, delivery: Delivery, contract_grosze: int | None, spent_grosze: int | None, note: str, person: Any = None,
    by_unit: Unit | None = None,
) -> Delivery:  # fmt: skip
    """Writes down the contract and what is spent so far; a difference says why. Raises NotYours, DeliveryRefused."""
    delivery, at = begin(delivery, "money", person, by_unit)
    rules.check_state(delivery, DeliveryState.OPEN)
    note = rules.check_words(note, at, needed=False)
    rules.check_money(delivery.ballot_grosze, contract_grosze, spent_grosze, note)
    before = money_of(delivery)
    delivery.contract_grosze, delivery.spent_grosze, delivery.money_note = contract_grosze, spent_grosze, note
    if money_of(delivery) == before:
        raise rules.DeliveryRefused(_("No amount was changed."))
    said = [
        words % {"sum": zlotys(amount)}
        for words, amount in ((_("Contract: %(sum)s"), contract_grosze), (_("spent so far: %(sum)s"), spent_grosze))
        if amount is not None
    ]
    text = "; ".join(said) + (f". {note}" if note else "")
    keep(
        delivery,
        "write_delivery_money",
        person,
        at,
        kind=DeliveryStep.Kind.MONEY,
        text=text[:600],
        before=before,
        **money_of(delivery),
    )
    return delivery


def money_of(delivery: Delivery) -> dict[str, Any]:
    """The amounts, for the record."""
    return {"contract": delivery.contract_grosze, "spent": delivery.spent_grosze, "note": delivery.money_note}


@transaction.atomic
def explain_delay(*, delivery: Delivery, text: str, person: Any = None, by_unit: Unit | None = None) -> Delivery:
    """Says why it is late, for everybody, while no new day is known. Raises NotYours, DeliveryRefused."""
    delivery, at = begin(delivery, "explain", person, by_unit)
    rules.check_state(delivery, DeliveryState.OPEN)
    if not _is_late(delivery, at):
        raise rules.DeliveryRefused(_("It is not late. Plan another day, with the reason, before the planned one passes."))
    delivery.explanation = rules.check_words(text, at)
    keep(delivery, "explain_delivery", person, at, kind=DeliveryStep.Kind.EXPLAINED, text=delivery.explanation)
    return delivery


def _is_late(delivery: Delivery, at: datetime) -> bool:
    next_on = Delivery.objects.with_days().get(pk=delivery.pk).next_on
    return rules.is_late(next_on, delivery.state, at)
