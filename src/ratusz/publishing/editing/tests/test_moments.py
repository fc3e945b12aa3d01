"""Moments on the clocks of Warsaw: every hour there is has one, the repeated one asks, the missing one is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils.timezone import get_default_timezone
from hypothesis import given
from hypothesis import strategies as st

from ratusz.publishing.editing import moments, rules
from ratusz.publishing.editing.forms import MomentForm, SetForm
from ratusz.publishing.editing.models import ReleaseSet

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


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (None, False), ({"day": "2027-10-31", "hour": "2:30"}, True), ({"day": "2027-10-31", "hour": "3:00"}, False),
        ({"day": "2027-10-31", "hour": "2:30", "which": "second"}, True), ({"day": "2027-10-30", "hour": "2:30", "which": "x"}, False),
        ({"day": "2027-10-31", "hour": ""}, False), ({"day": "", "hour": "2:30", "which": "x"}, False),
        ({"day": "2027-03-28", "hour": "2:30"}, False), ({"day": "2027-10-31", "hour": "2:30", "which": "x"}, True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [MomentForm, SetForm])
def test_which_of_two_hours_is_asked_only_when_it_comes_twice(form, typed, asked):
    made = form(typed and typed | {"name": "Lato"})
    made.is_valid()
    assert ("which" in made.fields, 'name="which"' in str(made)) == (asked, asked)
    assert "which" not in made.errors or asked


def test_the_question_comes_back_with_what_was_typed():
    made = MomentForm({"day": "2027-10-31", "hour": "2:30"})
    assert not made.is_valid() and list(made.errors) == ["which"] and "2:30" in str(made["hour"])
    assert MomentForm({"day": "2027-10-30", "hour": "2:30", "which": "x"}).is_valid()
    assert SetForm({"name": "Lato", "day": "2027-10-31", "hour": ""}).errors["hour"] == [
        "Podaj dzień i godzinę albo zostaw oba pola puste."
    ]
    assert SetForm({"name": "Lato", "day": "", "hour": ""}).is_valid()


@pytest.mark.parametrize(("hour", "which"), [(0, "first"), (1, "second"), (3, None)])
def test_a_set_in_that_night_shows_which_hour_it_has(hour, which):
    made = SetForm(release=ReleaseSet(name="Lato", goes_out_at=datetime(2027, 10, 31, hour, 30, tzinfo=UTC)))
    assert (made["which"].value() if "which" in made.fields else None) == which
