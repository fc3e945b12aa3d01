"""Dates as people read them."""

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from django.utils.timezone import get_default_timezone
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.dates import (
    last_day_of,
    last_moment_in_words,
    polish_date,
    polish_hours,
    polish_moment,
    polish_month,
    polish_range,
    polish_until,
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


@given(days)
def test_days_agree_with_babel(day):
    assert polish_date(day) == format_date(day, "d MMMM y 'r.'", locale="pl")
    assert polish_date(day, with_weekday=True) == format_date(day, "EEEE, d MMMM y 'r.'", locale="pl")
    assert polish_month(day) == format_date(day, "LLLL y 'r.'", locale="pl")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 9, 15), date(2026, 9, 15), "15 września 2026 r."),
        (date(2026, 9, 15), date(2026, 9, 23), "15–23 września 2026 r."),
        (date(2026, 9, 28), date(2026, 10, 3), "28 września – 3 października 2026 r."),
        (date(2026, 12, 30), date(2027, 1, 2), "30 grudnia 2026 r. – 2 stycznia 2027 r."),
    ],
)
def test_ranges(first, last, text):
    assert polish_range(first, last) == text


def test_a_range_backwards_is_refused():
    with pytest.raises(ValueError, match="cannot end"):
        polish_range(date(2026, 9, 2), date(2026, 9, 1))


def test_hours_are_told_in_the_citys_time():
    assert polish_hours(datetime(2026, 6, 1, 6, tzinfo=UTC), datetime(2026, 6, 1, 7, 30, tzinfo=UTC)) == "godz. 8.00–9.30"


def test_moments_are_told_in_the_citys_time():
    assert polish_moment(datetime(2026, 9, 15, 22, 30, tzinfo=UTC)) == "16 września 2026 r., godz. 0.30"
    assert (
        polish_moment(datetime(2026, 1, 15, 13, 5, tzinfo=UTC), with_weekday=True) == "czwartek, 15 stycznia 2026 r., godz. 14.05"
    )


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        (datetime(2026, 9, 23, 22, 0, tzinfo=UTC), "do 23 września 2026 r., godz. 24.00"),
        (datetime(2026, 9, 23, 13, 30, tzinfo=UTC), "do 23 września 2026 r., godz. 15.30"),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "do 31 grudnia 2025 r., godz. 24.00"),
        (date(2026, 9, 23), "do 23 września 2026 r."),
    ],
)
def test_the_last_moment_of_a_half_open_period(ends, text):
    assert polish_until(ends) == text


def test_the_last_day_with_its_weekday():
    assert polish_until(date(2026, 9, 23), with_weekday=True) == "do środy, 23 września 2026 r."


@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "20 grudnia 2026 r., godz. 24.00"), ("en", "20 December 2026, 24:00"), ("uk", "20 грудня 2026, 24:00")],
)
def test_midnight_belongs_to_the_day_before_in_every_language_of_a_form(language, words):
    midnight = datetime(2026, 12, 21, tzinfo=get_default_timezone())
    assert last_day_of(midnight) == date(2026, 12, 20)
    assert last_moment_in_words(midnight, language) == words


def test_what_ends_within_the_first_minute_of_a_day_ends_on_that_day():
    opened, closed = (datetime(2026, 12, 21, 0, 0, second, tzinfo=get_default_timezone()) for second in (5, 40))
    assert polish_range(opened, last_day_of(closed)) == "21 grudnia 2026 r."
    assert polish_until(closed) == "do 21 grudnia 2026 r., godz. 0.00"


def test_the_last_day_of_a_moment_and_of_a_day_is_its_own():
    assert last_day_of(datetime(2026, 12, 21, 0, 1, tzinfo=get_default_timezone())) == last_day_of(date(2026, 12, 21))
