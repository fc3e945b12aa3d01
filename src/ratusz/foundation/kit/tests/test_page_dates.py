"""Days and hours in the language of the page."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import override

from ratusz.foundation.kit import page_dates

AT, END = datetime(2026, 12, 14, 15, tzinfo=UTC), datetime(2026, 12, 14, 23, tzinfo=UTC)


def _said() -> list[str]:
    day, moment = page_dates.day(AT, with_weekday=True), page_dates.moment(AT, with_weekday=True)
    return [page_dates.day(AT), day, moment, page_dates.until(END), page_dates.hours(AT, END)]


def test_a_page_says_days_and_hours_in_its_language():
    assert _said() == [
        "14 grudnia 2026 r.", "poniedziałek, 14 grudnia 2026 r.", "poniedziałek, 14 grudnia 2026 r., godz. 16.00",
        "do 14 grudnia 2026 r., godz. 24.00", "godz. 16.00–0.00",
    ]  # fmt: skip
    with override("en"):
        assert _said() == [
            "14 December 2026", "Monday, 14 December 2026", "Monday, 14 December 2026, 16:00", "until 14 December 2026, 24:00",
            "16:00–00:00",
        ]  # fmt: skip
