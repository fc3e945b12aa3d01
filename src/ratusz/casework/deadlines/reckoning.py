"""Pure reckoning of terms: when a clock runs out, what a pause and an extension change, when it warns. Knows no database.

A term is half-open: a clock is late from the moment `due` on. Terms in days end with their last day (midnight in the city's time
zone), the day of the start event is not counted (art. 111 § 2 KC, art. 57 § 1 KPA). An hour is an hour: nights, weekends and both
changes of the clock count as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone, localtime

from ratusz.casework.deadlines.rulebook import BY_DAYS, UNITS, Length, Rule
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import (
    add_working_days,
    end_of_day,
    is_working_day,
    term_in_months,
    working_day_from,
    working_days_between,
)

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Pause:
    """A time that does not count, [began, ended)."""

    began: datetime
    ended: datetime


@dataclass(frozen=True)
class Extended:
    """At that moment the term was moved: to `due`, or as far as the rule allows (None)."""

    at: datetime
    due: datetime | None = None


def due_of(
    rule: Rule, start: datetime, given: datetime | None = None, happened: Iterable[Pause | Extended] = ()
) -> datetime | None:
    """The moment from which the clock is late; None while its issue or session is not known.

    `given` is the end somebody said (units issue, session, date); `happened` are ended pauses and extensions in order of time.
    """
    due = first_due(rule, start, given)
    paused: list[Pause] = []
    for event in happened:
        if isinstance(event, Pause):
            paused.append(event)
            due = due and after_pause(rule.unit, due, event)
        else:
            due = whole_term(rule, event.due) if event.due else longest_due(rule, start, due, paused)
    return rolled(rule, due) if due else None


def first_due(rule: Rule, start: datetime, given: datetime | None = None) -> datetime | None:
    """The term before anything happened, not yet rolled."""
    if rule.unit in UNITS:
        return later(start, Length(rule.length, rule.unit))
    limit = later(start, rule.at_most) if rule.at_most else None
    return min((moment for moment in (given, limit) if moment), default=None)


def later(start: datetime, length: Length) -> datetime:
    """The end of a term of that length, unrolled: hours to the second, the others to the end of their last day."""
    if length.unit == "hour":
        return start.astimezone(UTC) + timedelta(hours=length.number)
    return end_of_day(_moved(local_day(start), length.unit, length.number))


def _moved(day: date, unit: str, number: int) -> date:
    """So many days, working days, months or years after that day (or before it, for a negative number)."""
    if unit == "cal_day":
        return day + timedelta(days=number)
    if unit == "work_day":
        return add_working_days(day, number)
    # A day that the last month does not have: its last one (art. 112 KC, art. 57 § 3 KPA).
    return term_in_months(day, number * (12 if unit == "year" else 1), moves_off_holidays=False)


def rolled(rule: Rule, due: datetime) -> datetime:
    """A term that ends on a Saturday or a holiday ends on the next working day, where the rule says so."""
    last = last_day(due)
    return end_of_day(working_day_from(last)) if rule.roll and not is_working_day(last) else due


def last_day(due: datetime) -> date:
    """The last day on which one is in time."""
    return local_day(due - MOMENT)


def whole_term(rule: Rule, due: datetime) -> datetime:
    """A term said by a person: to the end of that day where the rule counts in days, to the moment otherwise."""
    return end_of_day(last_day(due)) if rule.unit in BY_DAYS else due


def longest_due(rule: Rule, start: datetime, due: datetime | None, paused: Iterable[Pause] = ()) -> datetime | None:
    """How far the rule lets the clock be extended, unrolled; None when it does not."""
    if rule.extension is None:
        return None
    if rule.extension.counted_from == "due":
        return later(due - MOMENT, rule.extension.length) if due else None
    end = later(start, rule.extension.length)
    for pause in paused:
        end = after_pause(rule.extension.length.unit, end, pause)
    return end


def after_pause(unit: str, due: datetime, pause: Pause) -> datetime:
    """The term moved by a pause, unrolled.

    In days: as many days are left on the day it goes on as there were on the day it stopped, so that a stop and a start on one day
    change nothing. Otherwise: later by as long as the pause was.
    """
    if unit not in BY_DAYS:
        return due.astimezone(UTC) + (pause.ended - pause.began)
    stopped, goes_on, last = local_day(pause.began), local_day(pause.ended), last_day(due)
    if unit == "work_day":
        return end_of_day(add_working_days(goes_on, max(working_days_between(stopped, last), 0)))
    return end_of_day(goes_on + max(last - stopped, timedelta(0)))


def before(due: datetime, length: Length) -> datetime:
    """The moment that long before the term: "3 cal_day" before the end of Friday is the end of Tuesday, with three days left."""
    if length.unit == "hour":
        return due.astimezone(UTC) - timedelta(hours=length.number)
    local = localtime(due)
    if local.time() == time.min:
        return end_of_day(_moved(last_day(due), length.unit, -length.number))
    return datetime.combine(_moved(local.date(), length.unit, -length.number), local.time(), tzinfo=get_default_timezone())


def steps(rule: Rule, start: datetime, due: datetime | None) -> list[tuple[datetime, str]]:
    """What the clock says and when: "warned:1", "warned:2" … as the rule lists them, then "overdue".

    A warning that would come before the start is left out: the person has just been told.
    """
    if due is None:
        return []
    warnings = [(before(due, length), f"warned:{number}") for number, length in enumerate(rule.warn, 1)]
    return sorted((moment, step) for moment, step in warnings if moment > start) + [(due, "overdue")]
