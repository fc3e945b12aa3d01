"""A meeting as iCalendar (RFC 5545): one lasting UID, a SEQUENCE that rises, the city's time zone with its rules, CANCEL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.ics import escaped, folded
from ratusz.foundation.notifications.rules import WARSAW

PRODUCT = "-//Ratusz//PL"
TIME_ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Europe/Warsaw",
    "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST",
    "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET",
    "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


def calendar_of(meetings: Iterable[Meeting], *, stamp: datetime, address: str, name: str = "", url: str = "") -> bytes:
    """Meetings as one calendar. `address` is the portal's; `url` stands instead of the public page, for one's own place.

    A calendar of one cancelled meeting says METHOD:CANCEL, so that the entry goes from whoever keeps it.
    """
    meetings = list(meetings)
    is_cancel = len(meetings) == 1 and meetings[0].state == State.CANCELLED
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", f"METHOD:{'CANCEL' if is_cancel else 'PUBLISH'}"]
    if name:
        lines.append(f"X-WR-CALNAME:{escaped(name)}")
    lines += TIME_ZONE
    for meeting in meetings:
        lines += _event(meeting, stamp, url or f"{address.rstrip('/')}{meeting.public_path}")
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(meeting: Meeting, stamp: datetime, url: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT", f"UID:{meeting.uid}@ratusz", f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{meeting.sequence}", _when("DTSTART", meeting.starts_at), _when("DTEND", meeting.ends_at),
        f"SUMMARY:{escaped(meeting.title)}",
        f"STATUS:{'CANCELLED' if meeting.state == State.CANCELLED else 'CONFIRMED'}",
    ]  # fmt: skip
    if meeting.place is not None:
        lines.append(f"LOCATION:{escaped(str(meeting.place))}")
    if meeting.summary:
        lines.append(f"DESCRIPTION:{escaped(meeting.summary)}")
    return [*lines, f"URL:{url}", "END:VEVENT"]


def _when(name: str, moment: datetime) -> str:
    """On the city's clock: a program elsewhere shows the hour that stands on the door."""
    return f"{name};TZID=Europe/Warsaw:{moment.astimezone(WARSAW):%Y%m%dT%H%M%S}"
