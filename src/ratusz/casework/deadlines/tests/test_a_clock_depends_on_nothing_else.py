"""Property 9 of consultations: a term depends on start, rule, calendar and pauses alone; what was met is never moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as some

from ratusz.casework.deadlines import reckoning
from ratusz.casework.deadlines.actions import clocks as acting
from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.reckoning import Pause, due_of, last_day
from ratusz.casework.deadlines.rulebook import all_rules

DAYS = some.dates(date(2020, 1, 1), date(2032, 12, 31))
TIMES = some.times(timezones=some.none())
WARSAW = timezone.get_default_timezone()
RULES = [each for each in all_rules() if each.unit in ("cal_day", "work_day", "month", "year")]
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""Days on which the clock changes."""


def on(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=WARSAW)


@given(some.sampled_from(RULES), DAYS, TIMES, TIMES)
@example(RULES[0], SPRING, time(1, 59), time(3, 1))
@example(RULES[0], AUTUMN, time(0, 1), time(23, 59))
def test_neither_the_hour_of_the_start_nor_a_change_of_the_clock_moves_a_day(rule, day, first, second):
    due = due_of(rule, on(day, first))
    assert due == due_of(rule, on(day, second)) == due_of(rule, on(day, first).astimezone(UTC))
    assert timezone.localtime(due, WARSAW).time() == time.min, "also over a change of the clock a term ends with its day"


@given(some.sampled_from(RULES), DAYS, some.lists(some.tuples(some.integers(0, 40), some.integers(0, 60)), max_size=4))
def test_the_same_pauses_give_the_same_term_whatever_was_asked_before(rule, day, stretches):
    pauses, moment = [], on(day, time(9))
    for running, paused in stretches:
        pauses.append(Pause(moment + timedelta(days=running), moment + timedelta(days=running + paused)))
        moment = pauses[-1].ended
    due = due_of(rule, on(day, time(9)), happened=pauses)
    due_of(rule, on(day + timedelta(days=3), time(9)))
    assert due == due_of(rule, on(day, time(9)), happened=list(pauses))
    assert last_day(due) >= last_day(due_of(rule, on(day, time(9)))) or rule.roll


@pytest.mark.django_db
@pytest.mark.parametrize("event", ["published", "replaced"])
def test_a_new_holiday_moves_no_clock_that_was_met(monkeypatch, event):
    start = on(date(2026, 9, 1), time(12))
    case = {"rule": "consultation.report", "subject": "test.case:9"}
    start_clock(**case, label="Raport", started_at=start)
    met = stop_clock(**case, event=event, at=start + timedelta(days=10))
    kept = Clock.objects.values("due_at", "stopped_at", "started_at", "rule_content").get(pk=met.pk)
    monkeypatch.setattr(reckoning, "is_working_day", lambda day: False)
    monkeypatch.setattr(reckoning, "working_day_from", lambda day: day + timedelta(days=30))
    monkeypatch.setattr(acting, "database_now", lambda: start + timedelta(days=40))
    other = start_clock(**case, label="Raport jeszcze raz", started_at=start + timedelta(days=20))
    assert other.pk != met.pk
    for deed in (acting.resume_clock, acting.assign_clock):
        deed(**case)
    assert Clock.objects.values(*kept).get(pk=met.pk) == kept and not Clock.objects.get(pk=met.pk).was_late
