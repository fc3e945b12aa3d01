"""When the schedule falls due: real time, wall clock, the repeated and the skipped hour, a stop."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.jobs import actions, rules
from ratusz.foundation.jobs.models import DueJob, ScheduleMark
from ratusz.foundation.jobs.registry import job_actions
from ratusz.foundation.jobs.rules import WARSAW, PeriodicWork, latest_due, wall_moment

NIGHTLY = PeriodicWork(name="nightly", action="jobs.forget_finished", at=time(2, 30))
HOURLY = PeriodicWork(name="hourly", action="jobs.forget_finished", every=timedelta(hours=1))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def runs(work, start, end, step):
    """The occurrences a ticker sees that looks every `step`."""
    seen, mark, now = [], start, start
    while now <= end:
        if moment := latest_due(work, after=mark, until=now):
            seen.append(moment)
            mark = moment
        now += step
    return seen


def test_in_the_repeated_hour_of_autumn_nightly_work_runs_once():
    seen = runs(NIGHTLY, utc(2026, 10, 24, 12), utc(2026, 10, 26, 12), timedelta(minutes=1))
    assert seen == [utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)]


def test_in_the_skipped_hour_of_spring_nightly_work_still_runs():
    seen = runs(NIGHTLY, utc(2026, 3, 28, 12), utc(2026, 3, 30, 12), timedelta(minutes=1))
    assert seen == [utc(2026, 3, 29, 1, 30), utc(2026, 3, 30, 0, 30)]
    assert seen[0].astimezone(WARSAW).time() == time(3, 30)


def test_hourly_work_runs_every_real_hour_of_both_change_nights():
    assert len(runs(HOURLY, utc(2026, 10, 24, 22), utc(2026, 10, 25, 23), timedelta(seconds=50))) == 25
    assert len(runs(HOURLY, utc(2026, 3, 28, 23), utc(2026, 3, 29, 22), timedelta(seconds=50))) == 23


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (PeriodicWork(name="w", action="a", at=time(8), weekdays=(1,)), utc(2026, 11, 23, 7)),
        (PeriodicWork(name="w", action="a", at=time(8), day_of_month=5), utc(2026, 11, 5, 7)),
        (PeriodicWork(name="w", action="a", at=time(8)), utc(2026, 11, 24, 7)),
        (PeriodicWork(name="w", action="a", every=timedelta(minutes=15)), utc(2026, 11, 24, 15, 45)),
    ],
)
def test_the_latest_occurrence(work, expected):
    assert latest_due(work, after=utc(2026, 10, 1), until=utc(2026, 11, 24, 15, 50)) == expected


def test_a_clock_set_back_repeats_nothing():
    assert latest_due(HOURLY, after=utc(2026, 11, 24, 15), until=utc(2026, 11, 24, 14, 59)) is None


@given(start=MOMENTS, length=st.integers(1, 4), step=st.integers(1, 900))
def test_every_day_has_one_run_however_often_the_ticker_looks(start, length, step):
    end = start + timedelta(days=length)
    seen = runs(NIGHTLY, start, end, timedelta(minutes=step))
    days = [moment.astimezone(WARSAW).date() for moment in seen]
    due = {start.astimezone(WARSAW).date() + timedelta(days=n) for n in range(length + 1)}
    # A ticker that looks less than once a day may merge days; none is ever done twice, and none is lost that had a look of its own.
    assert sorted(set(days)) == days
    last_look = start + timedelta(minutes=step) * ((end - start) // timedelta(minutes=step))
    assert set(days) == {day for day in due if start < wall_moment(day, time(2, 30)) <= last_look}


@pytest.mark.parametrize(
    "fields", [{}, {"every": timedelta(1), "at": time(1)}, {"every": timedelta(0)}, {"at": time(1), "day_of_month": 31}]
)
def test_a_line_of_the_schedule_that_makes_no_sense_is_refused(fields):
    with pytest.raises(ValueError, match="w:"):
        PeriodicWork(name="w", action="a", **fields)


@pytest.mark.django_db
def test_after_a_stop_of_three_days_the_missed_work_is_caught_up_once(monkeypatch):
    ScheduleMark.objects.create(name="nightly", planned_until=utc(2026, 11, 20))
    monkeypatch.setattr("ratusz.foundation.jobs.actions.ticking.database_now", lambda: utc(2026, 11, 23, 12))
    assert [actions.tick(schedule=[NIGHTLY]), actions.tick(schedule=[NIGHTLY])] == [1, 0]
    assert [(job.action, job.due_at) for job in DueJob.objects.all()] == [("jobs.forget_finished", utc(2026, 11, 23, 1, 30))]


@pytest.mark.django_db
def test_new_work_starts_with_its_next_occurrence():
    assert actions.tick(schedule=[NIGHTLY, HOURLY]) == 0
    assert ScheduleMark.objects.count() == 2
    assert DueJob.objects.count() == 0


def test_the_schedule_of_the_house_names_registered_actions():
    schedule = import_string(settings.RATUSZ_SCHEDULE)
    assert [work.name for work in schedule if work.action not in job_actions] == []
    assert len({work.name for work in schedule}) == len(schedule)
    assert all(rules.check_arguments(work.arguments) is work.arguments for work in schedule)


def test_monthly_work_waits_for_its_day():
    work = PeriodicWork(name="w", action="a", at=time(8), day_of_month=5)
    assert latest_due(work, after=utc(2026, 11, 6), until=utc(2026, 11, 24)) is None


@pytest.mark.django_db
def test_a_look_at_a_schedule_with_nothing_due_asks_two_questions(django_assert_num_queries):
    schedule = import_string(settings.RATUSZ_SCHEDULE)
    actions.tick(schedule=schedule)
    with django_assert_num_queries(2):
        assert actions.tick(schedule=schedule) == 0
