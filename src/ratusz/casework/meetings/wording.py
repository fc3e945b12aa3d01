"""What pages say of a meeting: days, places, numbers, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.meetings import particulars
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.words import slug
from ratusz.ui.parts import Fact


@dataclass(frozen=True)
class Said:
    """A meeting in words."""

    kind: str
    day: str
    hours: str
    where: str
    access: list[str]
    facts: list[Fact]
    path: str
    moves: list[dict[str, str]]
    is_cancelled: bool
    is_over: bool
    starts_on: date


def path_of(meeting: Meeting) -> str:
    """Address of its page in the language of the request."""
    return reverse("meetings:meeting", args=[meeting.pk, slug(meeting.title, 60) or "spotkanie"])


def where(meeting: Meeting) -> str:
    """The place, the link, or both."""
    if meeting.place is None:
        return _("online") if meeting.joining_link else _("not set yet")
    return _("%(place)s and online") % {"place": meeting.place} if meeting.joining_link else str(meeting.place)


def access(meeting: Meeting) -> list[str]:
    """What the place offers, and what it lacks, said plainly."""
    place = meeting.place
    signed = _("Everything is interpreted into Polish Sign Language (PJM).") if meeting.needs_interpreter else ""
    if place is None:
        return [each for each in (_("The meeting is online.") if meeting.joining_link else "", signed) if each]
    said = [
        _("Entry without steps.")
        if place.is_step_free
        else _("There are steps at the entry. Write to us: we find a way in for you."),
        _("Induction loop in the room.") if place.has_loop else _("There is no induction loop."),
        _("Accessible toilet.") if place.has_accessible_toilet else _("There is no accessible toilet."),
        _("Parking place for people with disabilities.") if place.has_parking else "",
        signed, place.note,
    ]  # fmt: skip
    return [each for each in said if each]


def hours(meeting: Meeting) -> str:
    """ "godz. 17.00–19.00"."""
    return page_dates.hours(meeting.starts_at, meeting.ends_at)


def page(meeting: Meeting, at: datetime, *, only_public: bool = True) -> Said:
    """Everything a page says of the meeting; to staff also what its kind asks of the Office alone."""
    facts = [
        Fact(_("When"), f"{page_dates.day(meeting.starts_at, with_weekday=True)}, {hours(meeting)}"),
        Fact(_("Where"), where(meeting)),
        Fact(_("From the city"), ", ".join(str(each) for each in meeting.officials.all())),
        Fact(_("Who may come"), meeting.who_may_come), Fact(_("District"), str(meeting.district) if meeting.district else ""),
        Fact(_("Group"), meeting.group_name),
        *(Fact(*pair) for pair in particulars.said(meeting.rules_of_kind, meeting.particulars, only_public=only_public)),
        Fact(_("Questions"), meeting.contact),
    ]  # fmt: skip
    return Said(
        kind=meeting.rules_of_kind.name, day=page_dates.day(meeting.starts_at, with_weekday=True), hours=hours(meeting),
        where=where(meeting), access=access(meeting), facts=[fact for fact in facts if fact.value], path=path_of(meeting),
        moves=[{"old": page_dates.moment(each.was_starting_at), "reason": each.reason} for each in meeting.moves.all()],
        is_cancelled=meeting.state == State.CANCELLED, is_over=meeting.ends_at <= at, starts_on=local_day(meeting.starts_at),
    )  # fmt: skip


def row(meeting: Any, at: datetime) -> dict[str, Any]:
    """A line of the list; the meeting carries `taken` and `waiting`."""
    left = None if meeting.capacity is None else max(0, meeting.capacity - meeting.taken)
    return {
        "meeting": meeting, "path": path_of(meeting), "day": local_day(meeting.starts_at), "hours": hours(meeting),
        "where": where(meeting), "kind": meeting.rules_of_kind.name, "is_cancelled": meeting.state == State.CANCELLED,
        "left": left, "waiting": meeting.waiting, "is_over": meeting.ends_at <= at,
    }  # fmt: skip
