"""Reads of the board: which clocks a person sees, narrowed, and the history of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.rules import seen_by, units_of

ORDERS = {
    "termin": "due_at", "start": "started_at", "zegar": "rule_content__name", "sprawa": "label", "komorka": "unit__sort_key",
}  # fmt: skip


def board(person: Any, at: datetime, chosen: dict[str, Any], order: str) -> QuerySet[Clock]:
    """The clocks that person sees and asked for, in the order asked for: a key of ORDERS, with "-" the other way round."""
    clocks: QuerySet[Clock] = Clock.objects.select_related("unit", "person").filter(seen_by(person, at))
    clocks = _in_state(clocks, chosen.get("stan") or "biegnie", at)
    if chosen.get("czyje") == "moje":
        clocks = clocks.filter(person=person.pk)
    elif chosen.get("czyje") == "komorki":
        clocks = clocks.filter(unit__in=units_of(person, at))
    if unit := chosen.get("komorka"):
        clocks = clocks.filter(unit=unit)
    if rule := chosen.get("zegar"):
        clocks = clocks.filter(rule_code=rule)
    if text := chosen.get("szukaj"):
        clocks = clocks.filter(Q(label__icontains=text) | Q(rule_content__name__icontains=text))
    if until := chosen.get("do"):
        clocks = clocks.filter(due_at__lte=until)
    column = F(ORDERS.get(order.removeprefix("-"), "due_at"))
    return clocks.order_by(column.desc(nulls_last=True) if order.startswith("-") else column.asc(nulls_last=True), "pk")


def _in_state(clocks: QuerySet[Clock], state: str, at: datetime) -> QuerySet[Clock]:
    if state == "po_terminie":
        return clocks.filter(stopped_at=None, paused_at=None, due_at__lte=at)
    if state == "wstrzymany":
        return clocks.exclude(paused_at=None)
    if state == "zamkniety":
        return clocks.exclude(stopped_at=None)
    return clocks if state == "wszystkie" else clocks.filter(stopped_at=None)


@dataclass(frozen=True)
class Happening:
    """One line of a clock's history: what happened, when, and the words that go with it."""

    kind: str
    at: datetime
    words: str = ""
    due_at: datetime | None = None


def history(clock: Clock) -> list[Happening]:
    """Start, pauses, extension, warnings and stop, in order of time."""
    found = [Happening("started", clock.started_at, clock.rule.start)]
    for pause in clock.pauses.all():
        found.append(Happening("paused", pause.began_at, pause.reason))
        if pause.ended_at is not None:
            found.append(Happening("resumed", pause.ended_at))
    if hasattr(clock, "extension"):
        found.append(Happening("extended", clock.extension.extended_at, clock.extension.reason, clock.extension.due_at))
    found += [Happening(told.step.partition(":")[0], told.told_at, due_at=told.due_at) for told in clock.warnings.all()]
    if clock.stopped_at is not None:
        found.append(Happening("stopped", clock.stopped_at, clock.stop_event))
    return sorted(found, key=lambda happening: happening.at)
