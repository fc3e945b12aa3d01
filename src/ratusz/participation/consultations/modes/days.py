"""Days of a consultation: how many there are in each way of counting, and which of them people are hardly at home.

No law says how these terms are counted, so a term has three answers: it is kept in both ways, in one only, or in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from ratusz.foundation.kit.working_days import is_working_day, working_day_from

MAY_DAYS = (1, 2, 3)
CHRISTMAS = (24, 25, 26)


@dataclass(frozen=True)
class Counted:
    """Days from the first to the last, with the first day and without it (art. 57 § 1 KPA)."""

    included: int
    excluded: int

    def answer(self, needed: int, counting: str = "both") -> str:
        """ "pass", "edge" (kept in one way of counting only), "breach"."""
        if counting == "include_start_day":
            return "pass" if self.included >= needed else "breach"
        if self.excluded >= needed:
            return "pass"
        return "edge" if counting == "both" and self.included >= needed else "breach"


def counted(first: date, last: date) -> Counted:
    """Both counts of the days from first to last."""
    days = (last - first).days
    return Counted(days + 1, days)


def targets(last: date, number: int) -> tuple[date, date]:
    """The last day of the Office's own term as it stands, and the working day to which art. 57 § 4 KPA would move it."""
    target = last + timedelta(days=number)
    return target, working_day_from(target)


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from first to last, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def free_days(first: date, last: date) -> int:
    """Saturdays, Sundays and holidays among them."""
    return sum(not is_working_day(day) for day in days_between(first, last))


def feasts_inside(first: date, last: date) -> list[str]:
    """Which of "christmas", "easter", "may_days" touch the days, in the order of the year of the first day."""
    found: list[str] = []
    for day in days_between(first, last):
        easter_sunday = easter(day.year)
        name = (
            "christmas" if day.month == 12 and day.day in CHRISTMAS
            else "may_days" if day.month == 5 and day.day in MAY_DAYS
            else "easter" if day in (easter_sunday, easter_sunday + timedelta(days=1))
            else ""
        )  # fmt: skip
        if name and name not in found:
            found.append(name)
    return found


def overlaps(first: date, last: date, start: date, end: date) -> bool:
    """Whether two stretches of days, ends included, share a day."""
    return first <= end and start <= last
