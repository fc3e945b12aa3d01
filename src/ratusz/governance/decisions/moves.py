"""Decisions that wait for a person: to take, to accept, to report, to judge; and their days for calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing, Move
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.governance.decisions import queries, rules
from ratusz.governance.decisions.models import Decision, DecisionPart, LaterDayRequest
from ratusz.governance.decisions.models.decisions import State

MOST = 50
KIND = "decisions"


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """What waits for this person; the number of queries does not grow with the decisions."""
    if rules.is_office(person, at):
        yield from _of_office(at)
    if heads := queries.units_of(person, at, *rules.HEADS):
        yield from _of_heads(heads, at)
    units = queries.units_of(person, at)
    yield from _to_carry_out(person, units, at)
    if units:
        parts = DecisionPart.objects.filter(unit__in=units, state=DecisionPart.State.OPEN, decision__state__in=rules.OPEN)
        for part in parts.select_related("decision").order_by("due_on")[:MOST]:
            yield _move(_("Report your part: %(decision)s"), part.decision, due=part.due_on)


def _of_office(at: datetime) -> Iterator[Move]:
    words = {
        State.DRAFT: _("Take or drop: %(decision)s"), State.RETURNED: _("The unit returned it: %(decision)s"),
        State.REPORTED: _("Accept the report: %(decision)s"),
    }  # fmt: skip
    for decision in Decision.objects.filter(state__in=words).order_by("due_on", "pk")[:MOST]:
        yield _move(words[State(decision.state)], decision, since=decision.reported_at or decision.made_at)
    waiting = LaterDayRequest.objects.filter(state=LaterDayRequest.State.OPEN).select_related("decision")
    for asked in waiting.order_by("asked_at")[:MOST]:
        yield _move(_("A later day is asked for: %(decision)s"), asked.decision, since=asked.asked_at)


def _of_heads(units: set[int], at: datetime) -> Iterator[Move]:
    new = Decision.objects.filter(state=State.TAKEN, lead_unit__in=units, suspended_at=None, offered_to=None)
    for decision in new.order_by("due_on")[:MOST]:
        yield _move(_("Accept or return: %(decision)s"), decision, since=decision.given_at)
    for decision in Decision.objects.open().filter(offered_to__in=units).order_by("due_on")[:MOST]:
        yield _move(_("Another unit offers you: %(decision)s"), decision)


def _to_carry_out(person: Any, units: set[int], at: datetime) -> Iterator[Move]:
    """With the person in charge; with the unit while nobody is."""
    mine = Q(person=person.pk) | Q(person=None, lead_unit__in=units) | Q(person__in=_replaced_by(person, at))
    running = Decision.objects.filter(mine, state=State.IN_PROGRESS, suspended_at=None)
    for decision in running.order_by("due_on")[:MOST]:
        yield _move(_("Carry out and report: %(decision)s"), decision, since=decision.given_at)


def _replaced_by(person: Any, at: datetime) -> Any:
    """Those for whom this person stands in at that moment."""
    from ratusz.foundation.units.models import Appointment

    acting = Appointment.objects.in_force(at).filter(person=person.pk, standing_in_for__isnull=False)
    return acting.values("standing_in_for__person")


def _move(words: str, decision: Decision, *, since: datetime | None = None, due: Any = None) -> Move:
    due = due or decision.due_on
    url = reverse("decisions_decision", args=[decision.pk])
    return Move(words % {"decision": decision}, url, due_at=end_of_day(due) if due else None, since=since, kind=KIND)


def dated_things(start: datetime, end: datetime) -> Iterator[DatedThing]:
    """Due days of what everybody may see and is still open."""
    rows = Decision.objects.shown().open().filter(due_on__gte=local_day(start), due_on__lte=local_day(end), suspended_at=None)
    for decision in rows.select_related("district", "topic", "lead_unit").order_by("due_on")[:500]:
        if decision.due_on is None or decision.due_on >= local_day(end):
            continue
        yield DatedThing(
            kind=KIND, title=decision.title, starts=decision.due_on, url=decision.get_absolute_url(),
            district_numbers=(decision.district.number,) if decision.district else (),
            topics=(decision.topic.slug,) if decision.topic else (),
            unit=decision.lead_unit.short_name if decision.lead_unit else "", code=decision.number,
        )  # fmt: skip
