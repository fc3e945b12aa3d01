"""Who is on duty on a day, with substitutes for whoever is away, and for how many working days nobody is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ratusz.foundation.kit.working_days import is_working_day

LOOKED_AHEAD = 10
"""Working days for which cover is looked at."""


@dataclass(frozen=True)
class Turn:
    """One turn of one day as it will be: `person` is who comes, None when both are away."""

    shift: Any
    person: Any
    is_substitute: bool


@dataclass(frozen=True)
class Gap:
    """A place that nobody looks after, from a day, for so many working days in a row (at most LOOKED_AHEAD)."""

    place: Any
    first: date
    days: int


def is_away(person: int | None, absences: Iterable[Any], day: date) -> bool:
    """Whether some absence of the person holds on that day; nobody is always away."""
    return person is None or any(each.person_id == person and each.first_date <= day <= each.last_date for each in absences)


def turns_on(day: date, shifts: Iterable[Any], absences: Sequence[Any]) -> list[Turn]:
    """Turns of that day, none on a day off."""
    if not is_working_day(day):
        return []
    return [_turn(each, absences, day) for each in shifts if _holds(each, day)]


def _holds(shift: Any, day: date) -> bool:
    return shift.weekday == day.weekday() and shift.first_date <= day and (shift.last_date is None or day <= shift.last_date)


def _turn(shift: Any, absences: Sequence[Any], day: date) -> Turn:
    if not is_away(shift.person_id, absences, day):
        return Turn(shift, shift.person, is_substitute=False)
    return Turn(shift, None if is_away(shift.substitute_id, absences, day) else shift.substitute, is_substitute=True)


def is_covered(day: date, turns: Iterable[Turn], holders: Collection[int], absences: Sequence[Any]) -> bool:
    """Whether somebody comes: by a turn, or one of the place's `holders` (numbers of people) who is not away."""
    return any(each.person is not None for each in turns) or any(not is_away(each, absences, day) for each in holders)


def working_days_from(day: date, number: int = LOOKED_AHEAD) -> list[date]:
    """The next so many working days, `day` itself included when it is one."""
    found: list[date] = []
    while len(found) < number:
        if is_working_day(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def first_gap(place: Any, days: Sequence[date], covered: Sequence[bool], more_than: int) -> Gap | None:
    """The first run of uncovered working days longer than `more_than`; None when there is none."""
    start = 0
    while start < len(days):
        run = 0
        while start + run < len(days) and not covered[start + run]:
            run += 1
        if run > more_than:
            return Gap(place, days[start], run)
        start += max(run, 1)
    return None
