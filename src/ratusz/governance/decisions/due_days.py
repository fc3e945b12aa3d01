"""Due days and the days of steps: warnings about free days, and when a step of the ladder goes out; pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from ratusz.foundation.kit.working_days import add_working_days, holiday_name, is_working_day
from ratusz.governance.decisions.ladder_pack import Step

CHRISTMAS_EVE = (12, 24)
"""A day off by law only since 2025, and before that a day on which nothing was finished."""


def is_bad_due_day(day: date) -> bool:
    """A Saturday, a Sunday, a holiday or 24 December."""
    return not is_working_day(day) or (day.month, day.day) == CHRISTMAS_EVE


def working_day_before(day: date) -> date:
    """The nearest good due day before that day."""
    day -= timedelta(days=1)
    while is_bad_due_day(day):
        day -= timedelta(days=1)
    return day


def why_bad(day: date) -> str:
    """The name of the holiday, "wigilia", or the weekday."""
    weekday = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")[day.weekday()]
    return holiday_name(day) or ("Wigilia" if (day.month, day.day) == CHRISTMAS_EVE else weekday)


def day_of_step(step: Step, taken: date, due: date, reported: date | None) -> date | None:
    """When a step goes out, moved off free days; None when this decision has no such step."""
    start = {"taken": taken, "due": due, "reported": reported}[step.when]
    if start is None or (step.only_if_taken_days and (due - taken).days < step.only_if_taken_days):
        return None
    day = _settled(start, step.days, step.working, step.is_reminder)
    return None if step.is_reminder and day < taken else day


@lru_cache(maxsize=20_000)
def _settled(start: date, days: int, is_working: bool, is_reminder: bool) -> date:
    """That many days from the start, off free days: back for a reminder, on for everything else."""
    day = add_working_days(start, days) if is_working else start + timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=-1 if is_reminder else 1)
    return day


def steps_due(
    steps: list[Step], taken: date, due: date, reported: date | None, today: date, counts_from: date
) -> Iterator[tuple[Step, date]]:
    """The steps whose day has come by today. A waiting report stops the steps of the due day; `counts_from` is the day on which
    this due day was set: reminders of days before it are over."""
    for step in steps:
        if (step.when == "due" and reported is not None) or (step.when == "reported" and reported is None):
            continue
        day = day_of_step(step, taken, due, reported)
        if day is not None and day <= today and not (step.is_reminder and day < counts_from):
            yield step, day
