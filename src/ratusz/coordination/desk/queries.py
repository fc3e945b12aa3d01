"""What waits for a person and which dates come: read from kit's registries, so that every floor can fill them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ratusz.coordination.desk.models import DutyTurn
from ratusz.coordination.desk.rules import ON_DUTY
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing, Move, dated_things, moves
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment

DATES_AHEAD = timedelta(days=14)
CLOCKS = "deadlines"
"""The kind of moves that casework/deadlines puts there for whatever runs."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """One move with how it stands against its clock at the moment of asking."""

    move: Move
    is_late: bool
    is_today: bool


def waiting_for(person: Any, at: datetime) -> list[Waiting]:
    """The person's moves, the one due first at the top, those without a term last (oldest first)."""
    found = _each_case_once([move for source in moves for move in source(person, at)])
    found.sort(key=lambda move: (move.due_at or _LAST, move.since or _LAST, move.what))
    return [Waiting(move, _is_late(move, at), _is_today(move, at)) for move in found]


def _each_case_once(found: list[Move]) -> list[Move]:
    """A case its own module puts on the desk stands there once, in that module's words, with its clock's term if it gave none."""
    terms = {move.url: move.due_at for move in found if move.kind == CLOCKS and move.due_at is not None}
    told = {move.url for move in found if move.kind != CLOCKS}
    own = (move for move in found if move.kind != CLOCKS or move.url not in told)
    return [replace(move, due_at=terms.get(move.url)) if move.due_at is None else move for move in own]


def _is_late(move: Move, at: datetime) -> bool:
    return move.due_at is not None and move.due_at <= at


def _is_today(move: Move, at: datetime) -> bool:
    return move.due_at is not None and not _is_late(move, at) and local_day(move.due_at) == local_day(at)


def dates_ahead(person: Any, at: datetime) -> list[DatedThing]:
    """Dated things of all modules that touch the next 14 days, in order of their first day: public ones, and those of the house
    that the person may open."""
    things: Iterable[DatedThing] = (thing for source in dated_things for thing in source(at, at + DATES_AHEAD))
    found = [thing for thing in things if thing.is_public or thing.may_open is None or thing.may_open(person, at)]
    return sorted(found, key=lambda thing: (_first_moment(thing), thing.title))


def _first_moment(thing: DatedThing) -> tuple[date, time]:
    starts = thing.starts - timedelta(seconds=1) if thing.is_term else thing.starts
    return (local_day(starts), starts.timetz().replace(tzinfo=None)) if isinstance(starts, datetime) else (starts, time.min)


def turns_ahead(at: datetime) -> list[DutyTurn]:
    """Turns of duty that run or come, by their start."""
    return list(DutyTurn.objects.not_over(at).select_related("person"))


def people_for_duty(at: datetime) -> QuerySet[User]:
    """Whoever has work in the department that a duty may go with, by name."""
    roles = {role for roles in ON_DUTY.values() for role in roles}
    held = Appointment.objects.in_force(at).where_held().filter(Q(("is_in_department", True)), role__code__in=roles)
    return User.objects.active().filter(pk__in=held.values("person")).order_by("last_name", "first_name", "pk")
