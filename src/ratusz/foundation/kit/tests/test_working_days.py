"""Working days and the law's terms, against Easter by Gauss and against counting one by one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.working_days import (
    add_working_days,
    end_of_day,
    holiday_name,
    is_day_off,
    is_working_day,
    latest_day_before,
    start_of_day,
    term_in_days,
    term_in_months,
    term_in_weeks,
    term_in_years,
    working_days_between,
)

days = st.dates(min_value=date(2012, 1, 1), max_value=date(2098, 1, 1))
FIXED = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}


def easter(year):
    """The Gregorian computus (Meeus, Jones, Butcher)."""
    century, rest = divmod(year, 100)
    golden, quarter, skipped = year % 19, *divmod(century, 4)
    moon = (19 * golden + century - quarter - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    correction = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def is_off_by_our_own_list(day):
    movable = {easter(day.year) + timedelta(days=offset) for offset in (0, 1, 49, 60)}
    eve = day.year >= 2025 and (day.month, day.day) == (12, 24)
    one_off = day == date(2018, 11, 12)
    return (day.month, day.day) in FIXED or day in movable or eve or one_off or day.weekday() == 6


@given(days)
def test_days_off_agree_with_the_statute(day):
    assert is_day_off(day) == is_off_by_our_own_list(day)
    assert is_working_day(day) == (not is_off_by_our_own_list(day) and day.weekday() != 5)


def test_christmas_eve_is_off_from_2025():
    assert [is_working_day(date(year, 12, 24)) for year in (2024, 2025)] == [True, False]
    assert holiday_name(date(2026, 12, 24)) == "Wigilia Bożego Narodzenia"
    assert holiday_name(date(2010, 1, 6)) == ""


@given(days, st.integers(min_value=0, max_value=80))
def test_adding_working_days_counts_them_one_by_one(day, number):
    reached = add_working_days(day, number)
    between = [day + timedelta(days=offset) for offset in range(1, (reached - day).days + 1)]
    assert sum(map(is_working_day, between)) == number == working_days_between(day, reached)
    assert number == 0 or is_working_day(reached)


@given(days, st.integers(min_value=1, max_value=80))
def test_going_back_mirrors_going_forward(day, number):
    back = add_working_days(day, -number)
    assert is_working_day(back)
    assert sum(is_working_day(back + timedelta(days=offset)) for offset in range((day - back).days)) == number
    assert working_days_between(day, back) == -number


@pytest.mark.parametrize(
    ("term", "last_day"),
    [
        (term_in_days(date(2026, 9, 1), 14), date(2026, 9, 15)),
        (term_in_days(date(2026, 9, 5), 14), date(2026, 9, 21)),  # Saturday 19 September
        (term_in_days(date(2026, 12, 10), 14), date(2026, 12, 28)),  # Wigilia, two holidays, Sunday
        (term_in_days(date(2026, 12, 10), 14, moves_off_holidays=False), date(2026, 12, 24)),
        (term_in_weeks(date(2026, 9, 1), 2), date(2026, 9, 15)),
        (term_in_months(date(2026, 1, 31), 1), date(2026, 3, 2)),  # 28 February is a Saturday
        (term_in_months(date(2024, 1, 31), 1), date(2024, 2, 29)),
        (term_in_months(date(2026, 9, 15), 1), date(2026, 10, 15)),
        (term_in_months(date(2026, 11, 30), 3, moves_off_holidays=False), date(2027, 2, 28)),
        (term_in_years(date(2024, 2, 29), 1), date(2025, 2, 28)),
    ],
)
def test_terms_of_art_57_kpa(term, last_day):
    assert term == last_day


@given(days, st.integers(min_value=1, max_value=60))
def test_a_term_ends_on_the_first_working_day_from_its_last_day(day, number):
    bare = term_in_months(day, number, moves_off_holidays=False)
    moved = term_in_months(day, number)
    assert is_working_day(moved)
    assert not any(is_working_day(bare + timedelta(days=offset)) for offset in range((moved - bare).days))
    assert (bare.year * 12 + bare.month) - (day.year * 12 + day.month) == number
    assert bare.day == day.day or (bare + timedelta(days=1)).day == 1


def test_full_days_lie_before_an_event():
    assert latest_day_before(date(2026, 9, 15), 7) == date(2026, 9, 7)


def test_a_day_ends_at_local_midnight():
    assert start_of_day(date.min) < start_of_day(date(1, 1, 2)) and start_of_day(date(2026, 9, 24)) == end_of_day(date(2026, 9, 23))
    assert end_of_day(date.max) > end_of_day(date(9999, 12, 30))
    assert end_of_day(date(2026, 9, 23)) == datetime(2026, 9, 23, 22, tzinfo=UTC)
    assert end_of_day(date(2026, 10, 24)) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert end_of_day(date(2026, 10, 25)) == datetime(2026, 10, 25, 23, tzinfo=UTC)
