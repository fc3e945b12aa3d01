"""How many came, how many may still come in, and when the room is nearly full."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Sum

from ratusz.casework.meetings.models import Meeting, Registration, Standing
from ratusz.casework.meetings.models.registrations import SEATED

NEARLY_FULL = 90
"""Per cent of the room at which the door is warned."""
NEAR = timedelta(days=60)
"""Around a meeting, for codes of other meetings."""
UNCLAIMED_FREE_AFTER = timedelta(minutes=10)
"""After the start, seats of people who have not come are anybody's."""


@dataclass(frozen=True)
class OfGroup:
    """Numbers of one group of seats; None is everybody without a group."""

    pk: int | None
    name: str
    registered: int
    came: int
    walked_in: int


@dataclass(frozen=True)
class Attendance:
    """Numbers at the door: persons, never names."""

    registered: int
    came: int
    walked_in: int
    room: int | None
    free: int | None
    groups: list[OfGroup] = field(default_factory=list)

    @property
    def inside(self) -> int:
        return self.came + self.walked_in

    @property
    def warning(self) -> str:
        """ "full" at 100 per cent of the room, "near" at 90, otherwise ""."""
        if not self.room:
            return ""
        if self.inside >= self.room:
            return "full"
        return "near" if self.inside * 100 >= self.room * NEARLY_FULL else ""


def meeting_of_code(besides: Meeting, code: str) -> int | None:
    """The meeting near this one where six signs of the door stand, for a person who came on the wrong day."""
    days = (besides.starts_at - NEAR, besides.starts_at + NEAR)
    found = Registration.objects.filter(door_code=code.upper(), standing__in=SEATED, meeting__starts_at__range=days)
    return found.exclude(meeting=besides).order_by("meeting__starts_at").values_list("meeting", flat=True).first()


def attendance_of(meeting: Meeting, at: datetime) -> Attendance:
    """The numbers at that moment; three queries however many people there are."""
    registered = _persons(meeting, SEATED)
    came, walked = _persons(meeting, (Standing.CHECKED_IN,)), _walked(meeting)
    names = {None: "", **{each.pk: each.name for each in meeting.seat_groups.all()}}
    groups = [OfGroup(pk, name, registered.get(pk, 0), came.get(pk, 0), walked.get(pk, 0)) for pk, name in names.items()]
    inside, expected = sum(came.values()) + sum(walked.values()), sum(registered.values()) - sum(came.values())
    room = _room(meeting)
    kept = expected if at < meeting.starts_at + UNCLAIMED_FREE_AFTER else 0
    free = max(room - inside - kept, 0) if room is not None else None
    return Attendance(sum(registered.values()), sum(came.values()), sum(walked.values()), room, free, groups)


def _room(meeting: Meeting) -> int | None:
    limits = [meeting.capacity, meeting.place.capacity if meeting.place else None]
    return min((limit for limit in limits if limit), default=None)


def _persons(meeting: Meeting, standings: tuple[str, ...]) -> dict[int | None, int]:
    rows = meeting.registrations.filter(standing__in=standings).order_by().values_list("group").annotate(sum=Sum("persons"))
    return {group: count or 0 for group, count in rows}


def _walked(meeting: Meeting) -> dict[int | None, int]:
    return {group: count or 0 for group, count in meeting.walk_ins.order_by().values_list("group").annotate(sum=Sum("step"))}
