"""Points and appointments for tests and the demo."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from ratusz.casework.advice import actions, queries
from ratusz.casework.advice.actions import Guest
from ratusz.casework.advice.models import Appointment, Hours, Point
from ratusz.foundation.kit.clock import database_now

LONG_AGO = date(2026, 1, 1)


def make_point(slug: str = "rynek-13", *, opens: time = time(0, 0), closes: time = time(23, 40), **facts: Any) -> Point:
    """A point open every day; holidays aside."""
    start: dict[str, Any] = {
        "name": "Punkt próbny",
        "about": "Doradza w budżecie obywatelskim.",
        "address": "Rynek 13",
        "room": "205",
    }
    point = Point.objects.create(slug=slug, **(start | facts))
    days = range(1, 8)
    Hours.objects.bulk_create(Hours(point=point, weekday=day, opens=opens, closes=closes, valid_from=LONG_AGO) for day in days)
    return fresh(point)


def fresh(point: Point) -> Point:
    """The point as a new request reads it."""
    return queries.working_points().get(pk=point.pk)


def free_time(point: Point, number: int = 0):
    """One of the free times of tomorrow and later."""
    border = database_now() + timedelta(days=1)
    return [each for each in queries.free_times_of(fresh(point), database_now()) if each.starts_at > border][number]


def make_appointment(point: Point, person: Any, number: int = 0, **facts: Any) -> Appointment:
    """A booked time, entered by a member of staff."""
    guest = Guest(**({"name": "Ewa", "contact": "ewa@example.pl"} | facts))
    free = free_time(point, number)
    return actions.book_for_somebody(
        point=point, starts_at=free.starts_at, outing_id=free.outing_id, guest=guest, person=person
    )  # fmt: skip
