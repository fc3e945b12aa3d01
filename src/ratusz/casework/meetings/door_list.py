"""The list at the door: who has a seat, by Polish alphabet, small enough for a phone; and what was scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.words import polish_sort_key, search_key

SHOWN = 30
"""Rows of one search at most."""
OTHERS = timedelta(days=30)
"""Meetings this near are known to the phone by title and day, so that a code of another one is told by name without a network."""


@dataclass(frozen=True)
class OnList:
    """One line at the door; nothing of needs, address or question is ever here."""

    code: str
    name: str
    persons: int
    group: int | None
    came_at: datetime | None
    door: str


def list_of(meeting: Meeting) -> list[OnList]:
    """Everybody with a seat, by the Polish alphabet; one query."""
    return sorted(_rows(meeting), key=lambda each: polish_sort_key(each.name))


def found_in(meeting: Meeting, text: str) -> list[OnList]:
    """Names and codes with these letters, without case and accents; at most SHOWN. Only what is found is put in order."""
    wanted = search_key(text)
    found = [each for each in _rows(meeting) if wanted in search_key(each.name) or wanted == each.code.lower()]
    return sorted(found, key=lambda each: polish_sort_key(each.name))[:SHOWN]


def _rows(meeting: Meeting) -> list[OnList]:
    rows = meeting.registrations.seated().values_list("door_code", "name", "persons", "group", "check_in__moment", "check_in__door")
    return [OnList(*row[:5], row[5] or "") for row in rows]


def for_phone(meeting: Meeting) -> dict[str, Any]:
    """What a phone keeps, encrypted, until the end of the day."""
    rows = [
        [each.code, each.name, each.persons, each.group or 0, int(each.came_at.timestamp()) if each.came_at else 0, each.door]
        for each in list_of(meeting)
    ]
    return {
        "meeting": meeting.pk, "rows": rows, "others": others_near(meeting), "room": _room(meeting),
        "until": int((meeting.ends_at + timedelta(hours=12)).timestamp()),
    }  # fmt: skip


def _room(meeting: Meeting) -> int:
    limits = [meeting.capacity, meeting.place.capacity if meeting.place else None]
    return min((limit for limit in limits if limit), default=0)


def others_near(meeting: Meeting) -> dict[str, str]:
    """Number of a meeting near this one -> its title and day."""
    near = Meeting.objects.exclude(pk=meeting.pk).exclude(state=State.DRAFT)
    near = near.filter(starts_at__gt=meeting.starts_at - OTHERS, starts_at__lt=meeting.starts_at + OTHERS).order_by("starts_at")
    return {str(each.pk): named(each) for each in near.only("pk", "title", "starts_at")[:100]}


def named(meeting: Meeting) -> str:
    """A meeting as the door calls it."""
    return f"{meeting.title}, {polish_moment(meeting.starts_at)}"
