"""When work falls due, when it is tried again, what a job may carry: pure, the moment is an argument."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
LONGEST_ID = 80
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)


class NotAnId(ValueError):
    """A job carries ids only: what it needs is read when it runs, and nothing personal lies in the queue."""


@dataclass(frozen=True)
class PeriodicWork:
    """One line of the schedule: `every` a span of real time, or `at` a wall-clock time in Warsaw, on all or some days."""

    name: str
    action: str
    every: timedelta | None = None
    at: time | None = None
    weekdays: tuple[int, ...] = ()
    """ISO days (1 is Monday) on which `at` counts; empty means all."""
    day_of_month: int | None = None
    arguments: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self):
        if (self.every is None) == (self.at is None):
            raise ValueError(f"{self.name}: give either every or at")
        if self.every is not None and self.every < timedelta(seconds=1):
            raise ValueError(f"{self.name}: the ticker looks once a second")
        if self.day_of_month is not None and not 1 <= self.day_of_month <= 28:
            raise ValueError(f"{self.name}: not every month has that day")


def wall_moment(day: date, at: time) -> datetime:
    """The one moment (UTC) of a wall-clock time in Warsaw.

    In the repeated hour of autumn it is the first of the two; a time in the skipped hour of spring happens as many minutes
    after the jump
    as it would have come after the missing hour's start (02:30 becomes 03:30).
    """
    return datetime.combine(day, at, tzinfo=WARSAW).astimezone(UTC)


def latest_due(work: PeriodicWork, *, after: datetime, until: datetime) -> datetime | None:
    """The last occurrence in (after, until], or None. Earlier missed ones in the span are caught up by this one run."""
    if until <= after:
        return None
    moment = _latest_by_span(work.every, until) if work.every else _latest_by_wall_clock(work, after, until)
    return moment if moment and moment > after else None


def _latest_by_span(every: timedelta, until: datetime) -> datetime:
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return until - (until - start) % every


def _latest_by_wall_clock(work: PeriodicWork, after: datetime, until: datetime) -> datetime | None:
    assert work.at is not None
    day = until.astimezone(WARSAW).date()
    # One day further back than `after`: a wall-clock day can be 25 hours long.
    while day >= after.astimezone(WARSAW).date() - timedelta(days=1):
        if _is_on(work, day) and (moment := wall_moment(day, work.at)) <= until:
            return moment
        day -= timedelta(days=1)
    return None


def _is_on(work: PeriodicWork, day: date) -> bool:
    if work.day_of_month is not None and day.day != work.day_of_month:
        return False
    return not work.weekdays or day.isoweekday() in work.weekdays


def wait_after(attempts: int) -> timedelta:
    """How long a job rests after its n-th failed attempt: 30 s, doubled each time, at most six hours."""
    return min(FIRST_WAIT * 2 ** min(max(attempts, 1) - 1, 20), LONGEST_WAIT)


def check_arguments(arguments: dict[str, Any]) -> dict[str, Any]:
    """Gives the arguments back; raises NotAnId unless all are numbers, short id texts or lists of such."""
    for name, value in arguments.items():
        for item in value if isinstance(value, list) else [value]:
            if not _is_id(item):
                raise NotAnId(f"{name}: a job carries ids only")
    return arguments


def _is_id(value: Any) -> bool:
    if isinstance(value, int) or value is None:
        return True
    return isinstance(value, str) and len(value) <= LONGEST_ID and "@" not in value and " " not in value


def may(person: Any, deed: str, job: Any = None, at: datetime | None = None) -> bool:
    """Whether a member of staff may see (`see_parked`) or settle (`retry_job`, `drop_job`) jobs that got stuck."""
    if not getattr(person, "is_active", False):
        return False
    return person.has_perm("ratusz_jobs.view_duejob" if deed == "see_parked" else "ratusz_jobs.change_duejob")
