"""Reads of consultation points: what is open, which times are free, the day, earlier answers, figures."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from ratusz.casework.advice import terms
from ratusz.casework.advice.models import Appointment, Conversation, Outing, Point, SpecialDay, State
from ratusz.casework.advice.openings import FreeTime, Opening, free_times, moment_of, openings
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.lemmas import lemmas, query_lemmas

SHORTEST = 3
"""Letters of a word by which earlier answers are found."""
MOST_FOUND = 50


def working_points() -> QuerySet[Point]:
    """Points that are not closed for good, with what their openings are made of."""
    special = Prefetch("special_days", SpecialDay.objects.order_by("day"))
    outings = Prefetch("outings", Outing.objects.order_by("starts_at"))
    return Point.objects.working().prefetch_related("hours", special, outings)


def openings_of(point: Point, first: date, last: date) -> list[Opening]:
    """When somebody is there between two days, both included."""
    return openings(point, point.hours.all(), point.special_days.all(), point.outings.all(), first, last)


def is_stale(at: datetime) -> Q:
    """Times that wait for a code longer than they may: they keep no seat and count against nobody."""
    return Q(state=State.HELD, made_at__lt=at - timedelta(minutes=terms.term("held_minutes", at)))


def held_by(contact: Any, at: datetime) -> int:
    """How many times wait now for a code that went to this address or telephone."""
    return Appointment.objects.filter(contact=contact, state=State.HELD).exclude(is_stale(at)).count()


def booked_by(contact: Any, at: datetime) -> int:
    """How many booked times of this address or telephone are still ahead."""
    return Appointment.objects.filter(contact=contact, state=State.BOOKED, ends_at__gt=at).count()


def _taken(point: Point, at: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    found = Appointment.objects.taking_seats().filter(point=point, ends_at__gt=at, starts_at__lt=until).exclude(is_stale(at))
    return list(found.values_list("starts_at", "ends_at"))


def free_times_of(point: Point, at: datetime) -> list[FreeTime]:
    """Times that may be booked now."""
    if not point.takes_bookings or point.closed_at is not None:
        return []
    first = local_day(at)
    last = first + timedelta(days=point.days_ahead)
    until = moment_of(last + timedelta(days=1), datetime.min.time())
    return free_times(point, openings_of(point, first, last), _taken(point, at, until), at)


def seats_taken(point: Point, starts_at: datetime) -> set[int]:
    """Seats of a time that are not free."""
    return set(Appointment.objects.taking_seats().filter(point=point).filter(starts_at=starts_at).values_list("seat", flat=True))


def appointments_of_day(point: Point, day: date) -> QuerySet[Appointment]:
    """Everybody who booked on that day, in order; without those who never typed their code."""
    first = moment_of(day, datetime.min.time())
    last = moment_of(day + timedelta(days=1), datetime.min.time())
    found = point.appointments.exclude(state=State.HELD).filter(starts_at__gte=first, starts_at__lt=last)
    return found.select_related("outing", "contact", "conversation").order_by("starts_at", "seat")


def words_for_finding(*texts: str) -> list[str]:
    """Keys of the base forms of the longer words of texts, each once."""
    return sorted({key[:60] for text in texts for group in lemmas(text) for key in group if len(key) >= SHORTEST})


def conversations(
    *, words: str = "", point: Point | None = None, topic: str = "", way: str = "", first: date | None = None,
    last: date | None = None, waits: bool = False,
) -> QuerySet[Conversation]:  # fmt: skip
    """The log narrowed; every word that is asked for is there in one of its forms."""
    found = Conversation.objects.select_related("point", "outing", "district", "by").order_by("-happened_at", "-pk")
    for group in query_lemmas(words):
        if keys := [key[:60] for key in group if len(key) >= SHORTEST]:
            found = found.filter(lemmas__overlap=keys)
    narrowed = {
        "point": point, "topic": topic, "way": way,
        "happened_at__gte": first and moment_of(first, datetime.min.time()),
        "happened_at__lt": last and moment_of(last + timedelta(days=1), datetime.min.time()),
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    return found.exclude(follow_up="").filter(followed_up_at=None) if waits else found


def figures(first: date, last: date, point: Point | None = None) -> dict[str, Any]:
    """Numbers of a period, both days included: conversations by way, topic, district and day, appointments by state."""
    log = conversations(point=point, first=first, last=last).order_by()
    start, end = moment_of(first, datetime.min.time()), moment_of(last + timedelta(days=1), datetime.min.time())
    booked = Appointment.objects.exclude(state=State.HELD).filter(starts_at__gte=start, starts_at__lt=end)
    if point is not None:
        booked = booked.filter(point=point)
    days = Counter(local_day(moment) for moment in log.values_list("happened_at", flat=True))
    return {
        "all": sum(days.values()), "minutes": log.aggregate(of=Sum("minutes"))["of"] or 0, "days": sorted(days.items()),
        "ways": _counted(log, "way"), "topics": _counted(log, "topic"), "districts": _counted(log, "district__name"),
        "states": _counted(booked.order_by(), "state"),
    }  # fmt: skip


def _counted(rows: QuerySet[Any], name: str) -> list[tuple[str, int]]:
    counted = rows.values(name).annotate(of=Count("pk"))
    return sorted(((row[name] or "", row["of"]) for row in counted), key=lambda pair: (-pair[1], pair[0]))


def to_follow_up() -> QuerySet[Conversation]:
    """What was promised at a point and not done yet, the oldest first."""
    return conversations(waits=True).order_by("happened_at")
