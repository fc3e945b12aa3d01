"""What the page of a meeting says of its minutes: for everybody where they are or by when they come, for staff the way to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.casework.meetings import queries_minutes, rules
from ratusz.casework.meetings.models import Meeting, Minutes
from ratusz.casework.meetings.registries import Part

ORDER = 60


def public_part(meeting: Meeting, at: datetime) -> Part | None:
    """The minutes, the day by which they come, or that they are past it."""
    standing = queries_minutes.standing_of(meeting, at)
    return Part("meetings/minutes/part.html", {"minutes": standing}, ORDER) if standing else None


def staff_part(meeting: Meeting, person: Any, at: datetime) -> Part | None:
    """Begin or open the minutes, for whoever may write them."""
    if meeting.state in ("draft", "cancelled") or not rules.may(person, "see", meeting, at):
        return None
    minutes = Minutes.objects.filter(meeting=meeting).first()
    may_write = rules.may(person, "write_minutes", meeting, at)
    if minutes is None and not may_write:
        return None
    return Part("meetings/staff/minutes_part.html", {"minutes": minutes, "meeting": meeting, "may_write": may_write}, ORDER)
