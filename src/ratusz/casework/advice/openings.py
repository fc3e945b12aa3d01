"""When a point is open and which times are free: from weekly hours, days that differ and outings; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ratusz.foundation.kit.working_days import holiday_name
from ratusz.foundation.notifications.rules import WARSAW

NOTICE = timedelta(hours=2)
"""A time may be booked until two hours before it."""


@dataclass(frozen=True)
class Opening:
    """From when until when somebody is there, and where. `why` is told where the day differs."""

    starts_at: datetime
    ends_at: datetime
    where: str
    why: str = ""
    outing: Any = None

    @property
    def outing_id(self) -> int | None:
        return self.outing.pk if self.outing else None


@dataclass(frozen=True)
class FreeTime:
    """A time that may be booked."""

    starts_at: datetime
    ends_at: datetime
    where: str
    left: int
    outing: Any = None

    @property
    def outing_id(self) -> int | None:
        return self.outing.pk if self.outing else None

    @property
    def key(self) -> str:
        """Names the time in addresses and forms, with the mobile point: "20261201T1000", "20261201T1000-7"."""
        return f"{self.starts_at.astimezone(WARSAW):%Y%m%dT%H%M}" + (f"-{self.outing_id}" if self.outing else "")


def moment_of(day: date, hour: time) -> datetime:
    """That hour of that day on the city's clock."""
    return datetime.combine(day, hour, tzinfo=WARSAW)


def openings(
    point: Any, hours: Iterable[Any], special_days: Iterable[Any], outings: Iterable[Any], first: date, last: date
) -> list[Opening]:
    """Everything between two days, both included, in order. On a statutory holiday the week does not hold."""
    weekly, special = list(hours), {each.day: each for each in special_days}
    found: list[Opening] = []
    for number in range((last - first).days + 1):
        found += _of_day(point, first + timedelta(days=number), weekly, special)
    out = [each for each in outings if each.called_off_at is None and first <= each.starts_at.astimezone(WARSAW).date() <= last]
    found += [Opening(each.starts_at, each.ends_at, each.where, outing=each) for each in out]
    return sorted(found, key=lambda each: (each.starts_at, each.where))


def _of_day(point: Any, day: date, weekly: list[Any], special: Mapping[date, Any]) -> Iterator[Opening]:
    other = special.get(day)
    if other is not None:
        if not other.is_closed:
            yield Opening(moment_of(day, other.opens), moment_of(day, other.closes), point.where, other.why)
        return
    if holiday_name(day):
        return
    for each in weekly:
        is_valid = each.valid_from <= day and (each.valid_to is None or day < each.valid_to)
        if is_valid and each.weekday == day.isoweekday():
            yield Opening(moment_of(day, each.opens), moment_of(day, each.closes), point.where)


def free_times(point: Any, found: Iterable[Opening], taken: Iterable[tuple[datetime, datetime]], at: datetime) -> list[FreeTime]:
    """Times that may still be booked. `taken`: from and until of every appointment that keeps a seat."""
    length, seats = timedelta(minutes=point.minutes), list(taken)
    free = []
    for opening in found:
        # Counted in world time: a local clock that is put forward or back would skip times or give them twice.
        start, zone = opening.starts_at.astimezone(UTC), opening.starts_at.tzinfo
        while start + length <= opening.ends_at:
            if start >= at + NOTICE and (left := point.desks - _busy(seats, start, start + length)) > 0:
                local = start.astimezone(zone), (start + length).astimezone(zone)
                free.append(FreeTime(*local, opening.where, left, opening.outing))
            start += length
    return free


def _busy(seats: list[tuple[datetime, datetime]], start: datetime, end: datetime) -> int:
    """How many are advised at the busiest moment of that time."""
    meeting = [(begins, ends) for begins, ends in seats if begins < end and ends > start]
    moments = Counter({max(begins, start): 0 for begins, _ends in meeting})
    return max((sum(begins <= moment < ends for begins, ends in meeting) for moment in moments), default=0)


def holds(found: Iterable[Opening], starts_at: datetime, ends_at: datetime, outing_id: int | None) -> bool:
    """Whether somebody is there for the whole of an appointment."""
    return any(each.starts_at <= starts_at and ends_at <= each.ends_at and each.outing_id == outing_id for each in found)
