"""Moments on the clocks of Warsaw: every hour there is has one, the repeated one asks, the missing one is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils.timezone import get_default_timezone
from hypothesis import given
from hypothesis import strategies as st

from ratusz.publishing.editing import moments, rules

AUTUMN, SPRING = date(2027, 10, 31), date(2027, 3, 28)


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_the_hour_that_comes_twice_is_chosen(which, hour):
    assert moments.moment_of(AUTUMN, time(2, 30), which) == datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
    with pytest.raises(moments.HourComesTwice, match="dwa razy"):
        moments.moment_of(AUTUMN, time(2, 30))


@pytest.mark.parametrize("hour", [time(2), time(2, 59)])
def test_the_hour_that_is_left_out_is_refused(hour):
    with pytest.raises(rules.NotNow, match="nie ma takiej godziny"):
        moments.moment_of(SPRING, hour, "first")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.sampled_from(["first", "second"]))
def test_every_other_moment_reads_back_as_it_was_typed(typed, which):
    typed = typed.replace(microsecond=0, second=0)
    try:
        moment = moments.moment_of(typed.date(), typed.time(), which)
    except rules.NotNow:
        assert (typed.month, typed.hour) == (3, 2)
        return
    assert moment.astimezone(get_default_timezone()).replace(tzinfo=None, fold=0) == typed
