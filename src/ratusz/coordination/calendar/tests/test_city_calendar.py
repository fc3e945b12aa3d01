"""Public dates on a page and in a calendar file; what is not public stays inside."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ratusz.foundation.kit import registries
from ratusz.foundation.kit.ics import calendar_file
from ratusz.foundation.kit.registries import DatedThing

STAMP = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_calendar_file_has_moments_in_utc_and_days_whole():
    things = [
        DatedThing("meeting", "Spotkanie; Murcki, dom kultury", datetime(2026, 12, 1, 17, tzinfo=UTC), url="/spotkania/1/"),
        DatedThing("voting", "Głosowanie", date(2026, 12, 1), date(2026, 12, 5), what_to_do="Zagłosuj"),
    ]
    text = calendar_file(things, name="Miasto", address="https://miasto.example", stamp=STAMP).decode()
    assert "DTSTART:20261201T170000Z" in text and "SUMMARY:Spotkanie\\; Murcki\\, dom kultury" in text
    assert "URL:https://miasto.example/spotkania/1/" in text
    assert "DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261206\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")


def test_long_lines_are_folded_between_letters():
    content = calendar_file([DatedThing("x", "Żółć " * 60, date(2026, 12, 1))], name="M", address="", stamp=STAMP)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert "Żółć " * 60 in content.replace(b"\r\n ", b"").decode()


@pytest.mark.django_db
def test_residents_see_public_dates_only(client, monkeypatch):
    monkeypatch.setattr(registries.dated_things, "_entries", {})
    open_day = DatedThing("x", "Dzień otwarty", date(2026, 12, 1))
    inside = DatedThing("x", "Narada", date(2026, 12, 1), is_public=False)
    registries.dated_things.register("x", lambda starts, ends: [open_day, inside])
    for path in ("/kalendarz/", "/kalendarz/miasto.ics"):
        text = client.get(path).content.decode()
        assert "Dzień otwarty" in text and "Narada" not in text
