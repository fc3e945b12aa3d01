"""Dated things as an iCalendar file (RFC 5545), so that a resident's own calendar follows the city."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from ratusz.foundation.kit.registries import DatedThing

_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONGEST_LINE = 74
"""Octets of one line before it is folded; the standard allows 75."""


def calendar_file(things: Iterable[DatedThing], *, name: str, address: str, stamp: datetime) -> bytes:
    """The things as one calendar; `address` is the portal's, for links and lasting ids; `stamp` when the file was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ratusz//PL", f"X-WR-CALNAME:{escaped(name)}"]
    for thing in things:
        lines += _event(thing, address, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(thing: DatedThing, address: str, stamp: datetime) -> list[str]:
    own = thing.code or f"{thing.title}|{thing.url}|{thing.starts}"
    identity = sha256(f"{thing.kind}|{own}".encode()).hexdigest()[:32]
    lines = ["BEGIN:VEVENT", f"UID:{identity}@ratusz", f"DTSTAMP:{_moment(stamp)}", _when("DTSTART", thing.starts)]
    if thing.ends is not None:
        lines.append(_when("DTEND", thing.ends, is_end=True))
    lines.append(f"SUMMARY:{escaped(thing.title)}")
    if thing.what_to_do:
        lines.append(f"DESCRIPTION:{escaped(thing.what_to_do)}")
    if thing.place:
        lines.append(f"LOCATION:{escaped(thing.place)}")
    if thing.point:
        longitude, latitude = thing.point
        lines.append(f"GEO:{latitude:.5f};{longitude:.5f}")
    if thing.url:
        lines.append(f"URL:{_address(address + thing.url if thing.url.startswith('/') else thing.url)}")
    return [*lines, "END:VEVENT"]


def _when(name: str, value: date | datetime, is_end: bool = False) -> str:
    """A moment in UTC, or a day; the end of a day-long event is the day after its last one."""
    if isinstance(value, datetime):
        return f"{name}:{_moment(value)}"
    return f"{name};VALUE=DATE:{value + timedelta(days=1) if is_end else value:%Y%m%d}"


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """As a value of a property: whatever somebody's program takes for the end of a line is a line break of the text."""
    text = _NOT_IN_TEXT.sub("", "\n".join(text.splitlines()))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _address(url: str) -> str:
    return _NOT_IN_TEXT.sub("", "".join(url.split()))


def folded(line: str) -> bytes:
    """Long lines go on after a line break and a space; a letter of several octets is never cut."""
    pieces, current = [], b""
    for letter in line:
        octets = letter.encode()
        if len(current) + len(octets) > LONGEST_LINE:
            pieces.append(current)
            current = b" "
        current += octets
    return b"\r\n".join([*pieces, current]) + b"\r\n"
