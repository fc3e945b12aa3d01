"""Terms as the law counts them, over all days: unit tests of known dates and properties of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import strategies as some

from ratusz.casework.deadlines.reckoning import (
    Extended,
    Pause,
    after_pause,
    before,
    due_of,
    last_day,
    later,
    longest_due,
    steps,
    whole_term,
)
from ratusz.casework.deadlines.rulebook import Extension, Length, Rule
from ratusz.foundation.kit.working_days import end_of_day, is_working_day, working_days_between

WARSAW = ZoneInfo("Europe/Warsaw")
DAYS = some.dates(date(2024, 1, 1), date(2029, 12, 31))
MOMENTS = some.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31), timezones=some.just(WARSAW))
NUMBERS = some.integers(1, 60)


def rule(number: int = 14, unit: str = "cal_day", **facts) -> Rule:
    return Rule(
        code="x", name="X", start="s", unit=unit, stops=("done",), basis="b", certainty="firm", valid_from=date(2000, 1, 1),
        length=number, **facts,
    )  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("number", "unit", "start", "due"),
    [
        (7, "cal_day", "2026-09-15 08:00", "2026-09-23 00:00"),
        (7, "cal_day", "2026-09-15 23:59", "2026-09-23 00:00"),
        (14, "cal_day", "2026-12-20 12:00", "2027-01-04 00:00"),
        (2, "month", "2026-12-31 12:00", "2027-03-01 00:00"),
        (1, "month", "2028-01-31 12:00", "2028-03-01 00:00"),
        (1, "year", "2028-02-29 12:00", "2029-03-01 00:00"),
        (12, "month", "2026-09-15 12:00", "2027-09-16 00:00"),
        # 24 December is a day off since 2025: Wednesday 23 is followed by Monday 28.
        (1, "work_day", "2026-12-23 10:00", "2026-12-29 00:00"),
        (1, "work_day", "2024-12-23 10:00", "2024-12-25 00:00"),
        (3, "work_day", "2026-04-30 10:00", "2026-05-07 00:00"),
        (1, "work_day", "2026-09-19 10:00", "2026-09-22 00:00"),
        (6, "hour", "2026-09-18 22:00", "2026-09-19 04:00"),
    ],
)
def test_terms_end_when_the_law_says(number, unit, start, due):
    assert due_of(rule(number, unit), at(start)) == at(due)


def test_an_hour_is_an_hour_on_both_days_when_the_clocks_change():
    spring, autumn = at("2026-03-28 12:00"), at("2026-10-24 12:00")
    assert localtime(due_of(rule(24, "hour"), spring)).time() == time(13)
    assert localtime(due_of(rule(24, "hour"), autumn)).time() == time(11)
    # Of the hour that comes twice, the second one.
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=WARSAW)
    assert due_of(rule(1, "hour"), second) == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


@given(MOMENTS, NUMBERS)
def test_hours_run_through_nights_weekends_and_changes_of_the_clock(start, number):
    assert due_of(rule(number, "hour"), start) - start.astimezone(UTC) == timedelta(hours=number)


@given(MOMENTS, NUMBERS)
def test_the_day_of_the_start_is_not_counted(start, number):
    due = due_of(rule(number), start)
    assert (last_day(due) - start.date()).days == number
    assert localtime(due).time() == time.min


@given(MOMENTS, NUMBERS)
def test_working_days_are_all_counted_and_the_last_is_one(start, number):
    last = last_day(due_of(rule(number, "work_day"), start))
    assert is_working_day(last)
    assert working_days_between(start.date(), last) == number


@given(MOMENTS, NUMBERS)
def test_months_end_on_the_same_number_or_on_the_last_day(start, number):
    last = last_day(due_of(rule(number, "month"), start))
    assert last.day == start.day or (last.day < start.day and (last + timedelta(days=1)).day == 1)
    assert (last.year - start.year) * 12 + last.month - start.month == number


@given(MOMENTS, NUMBERS, some.sampled_from(["cal_day", "month", "year"]))
def test_a_rolled_term_ends_on_a_working_day_and_never_earlier(start, number, unit):
    plain, rolled = due_of(rule(number, unit), start), due_of(rule(number, unit, roll=True), start)
    assert is_working_day(last_day(rolled))
    assert plain <= rolled <= plain + timedelta(days=6)
    assert is_working_day(last_day(plain)) == (plain == rolled)


@given(MOMENTS, NUMBERS, some.integers(0, 30), some.integers(0, 400))
def test_as_many_days_are_left_after_a_pause_as_before(start, number, until_pause, length):
    began = start + timedelta(days=min(until_pause, number - 1))
    pause = Pause(began, began + timedelta(days=length))
    for unit, count in (("cal_day", lambda first, last: (last - first).days), ("work_day", working_days_between)):
        plain = due_of(rule(number, unit), start)
        moved = due_of(rule(number, unit), start, happened=[pause])
        left = count(pause.began.date(), last_day(plain))
        assert count(pause.ended.date(), last_day(moved)) == left
        assert moved >= plain


@given(MOMENTS, NUMBERS)
def test_a_pause_within_one_day_changes_no_days_and_an_hour_clock_by_its_length(start, number):
    began = start.replace(hour=8, minute=0, second=0, microsecond=0, fold=0)
    pause = Pause(began, began.replace(hour=15))
    assert due_of(rule(number), start, happened=[pause]) == due_of(rule(number), start)
    length = pause.ended.astimezone(UTC) - pause.began.astimezone(UTC)
    assert due_of(rule(number, "hour"), start, happened=[Pause(began.astimezone(UTC), pause.ended.astimezone(UTC))]) == (
        due_of(rule(number, "hour"), start) + length
    )


@given(MOMENTS, some.integers(3, 60), some.lists(some.integers(0, 40), min_size=2, max_size=2))
def test_pauses_add_up(start, number, lengths):
    first = Pause(start + timedelta(days=1), start + timedelta(days=1 + lengths[0]))
    second = Pause(first.ended + timedelta(days=1), first.ended + timedelta(days=1 + lengths[1]))
    due = due_of(rule(number), start, happened=[first, second])
    assert (last_day(due) - start.date()).days == number + sum(lengths)


def test_a_pause_in_the_days_a_term_has_rolled_over_leaves_none():
    saturday = due_of(rule(4), at("2026-09-15 08:00"))
    pause = Pause(at("2026-09-20 08:00"), at("2026-09-26 08:00"))
    assert after_pause("cal_day", saturday, pause) == at("2026-09-27 00:00")
    assert due_of(rule(4, roll=True), at("2026-09-15 08:00"), happened=[pause]) == at("2026-09-29 00:00")


@given(MOMENTS, NUMBERS, some.integers(0, 40))
def test_a_term_said_by_a_person_runs_to_the_end_of_its_day_and_pauses_after_it_still_count(start, number, length):
    extended = rule(number, extension=Extension(Length(2, "month")))
    moved = start + timedelta(days=number + 3, hours=2)
    due = due_of(extended, start, happened=[Extended(start, moved)])
    assert due == end_of_day(last_day(moved)) == whole_term(extended, moved)
    pause = Pause(moved - timedelta(days=1), moved + timedelta(days=length))
    again = due_of(extended, start, happened=[Extended(start, moved), pause])
    assert (last_day(again) - last_day(due)).days == (pause.ended.date() - pause.began.date()).days


def test_an_extension_goes_as_far_as_the_rule_and_the_pauses_let_it():
    start = at("2026-09-15 08:00")
    from_start, from_due = Extension(Length(2, "month")), Extension(Length(3, "work_day"), "due")
    pause = Pause(at("2026-09-16 08:00"), at("2026-09-26 08:00"))
    first = due_of(rule(7), start)
    assert longest_due(rule(7), start, first) is None
    assert longest_due(rule(7, extension=from_start), start, first) == at("2026-11-16 00:00")
    assert longest_due(rule(7, extension=from_start), start, first, [pause]) == at("2026-11-26 00:00")
    assert longest_due(rule(7, extension=from_due), start, first) == at("2026-09-26 00:00")
    assert longest_due(rule(0, "issue", extension=from_due), start, None) is None
    assert due_of(rule(7, extension=from_start), start, happened=[pause, Extended(start)]) == at("2026-11-26 00:00")


def test_terms_said_by_somebody_wait_until_they_are_known_and_end_no_later_than_the_limit():
    start = at("2026-09-15 08:00")
    issue = rule(0, "issue")
    limited = rule(0, "issue", at_most=Length(7, "cal_day"))
    assert [due_of(issue, start), steps(issue, start, None)] == [None, []]
    assert due_of(issue, start, happened=[Pause(start, start)]) is None
    assert due_of(issue, start, at("2026-09-17 05:00")) == at("2026-09-17 05:00")
    assert due_of(limited, start) == at("2026-09-23 00:00")
    assert due_of(limited, start, at("2026-09-20 05:00")) == at("2026-09-20 05:00")
    assert due_of(limited, start, at("2026-09-30 05:00")) == at("2026-09-23 00:00")


@given(MOMENTS, NUMBERS, some.sampled_from(["hour", "cal_day", "work_day", "month", "year"]))
def test_a_warning_comes_before_the_term_and_as_long_as_it_says(due, number, unit):
    moment = before(due, Length(number, unit))
    assert moment < due
    assert unit != "hour" or due.astimezone(UTC) - moment == timedelta(hours=number)
    midnight = end_of_day(due.date())
    assert unit != "cal_day" or (last_day(midnight) - last_day(before(midnight, Length(number, unit)))).days == number


def test_steps_stand_in_order_and_none_comes_before_the_start():
    start = at("2026-09-15 08:00")
    warned = rule(7, warn=(Length(1, "cal_day"), Length(3, "cal_day"), Length(9, "cal_day")))
    assert steps(warned, start, due_of(warned, start)) == [
        (at("2026-09-20 00:00"), "warned:2"),
        (at("2026-09-22 00:00"), "warned:1"),
        (at("2026-09-23 00:00"), "overdue"),
    ]
    hours = replace(warned, unit="hour", length=6, warn=(Length(1, "hour"), Length(1, "cal_day")))
    assert [step for _moment, step in steps(hours, start, due_of(hours, start))] == ["warned:1", "overdue"]
    assert later(start, Length(1, "work_day")) == at("2026-09-17 00:00")
