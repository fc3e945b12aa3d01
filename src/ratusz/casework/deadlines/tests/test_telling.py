"""The scheduler tells each step once, loses none when it stood still, and one failing listener holds nobody else up."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ratusz.casework.deadlines import registries
from ratusz.casework.deadlines.actions import clocks as acting
from ratusz.casework.deadlines.actions import extend_clock, pause_clock, stop_clock, tell_of_clocks, telling
from ratusz.casework.deadlines.factories import make_clock
from ratusz.casework.deadlines.models import ClockWarning

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.fixture
def heard(monkeypatch):
    said: list[tuple[str, str]] = []
    monkeypatch.setitem(registries.clock_listeners._entries, "test", lambda clock, step: said.append((clock.label, step)))
    return said


@pytest.fixture
def run(monkeypatch):
    def at_moment(text: str) -> int:
        for module in (acting, telling):
            monkeypatch.setattr(module, "database_now", lambda: at(text))
        return tell_of_clocks()

    return at_moment


def test_each_step_is_told_once_when_its_moment_comes(heard, run):
    make_clock(label="Jeden", started_at=at("2026-09-15 10:00"))
    assert [run(day) for day in ("2026-09-22 23:59", "2026-09-23 00:00", "2026-09-23 00:01", "2026-09-27 00:00")] == [0, 1, 0, 1]
    assert heard == [("Jeden", "warned:1"), ("Jeden", "warned:2")]


def test_a_run_missed_for_a_month_loses_no_warning(heard, run):
    make_clock(label="Jeden", started_at=at("2026-09-15 10:00"))
    assert (run("2026-10-20 10:00"), run("2026-10-20 10:01")) == (1, 0)
    assert heard == [("Jeden", step) for step in ("warned:1", "warned:2", "warned:3", "overdue")]
    assert set(ClockWarning.objects.values_list("told_at", flat=True)) == {at("2026-10-20 10:00")}


def test_stopped_and_paused_clocks_say_nothing(heard, run):
    one = make_clock(label="Jeden", started_at=at("2026-09-15 10:00"))
    two = make_clock(label="Dwa", rule="editing.edit", started_at=at("2026-09-15 10:00"))
    run("2026-09-15 10:00")
    stop_clock(rule=one.rule_code, subject=one.subject, event="answered", at=at("2026-09-16 10:00"))
    pause_clock(rule=two.rule_code, subject=two.subject, reason="x")
    assert (run("2026-10-20 10:00"), heard) == (0, [])


def test_an_extended_clock_warns_again_before_its_new_term(heard, run):
    one = make_clock(label="Jeden", started_at=at("2026-09-15 10:00"))
    run("2026-09-28 10:00")
    extend_clock(rule=one.rule_code, subject=one.subject, due_at=at("2026-10-10 12:00"), reason="x")
    assert run("2026-09-29 00:00") == 0
    run("2026-10-04 00:00")
    assert heard == [("Jeden", "warned:1"), ("Jeden", "warned:2"), ("Jeden", "warned:1")]


def test_a_failing_listener_takes_back_its_clock_alone_and_is_asked_again(heard, run, monkeypatch):
    make_clock(label="Zły", started_at=at("2026-09-15 10:00"))
    make_clock(label="Dobry", started_at=at("2026-09-15 10:00"))
    failing = True

    def fail(clock, step):
        if failing and clock.label == "Zły":
            raise RuntimeError

    monkeypatch.setitem(registries.clock_listeners._entries, "fail", fail)
    assert (run("2026-09-23 00:00"), ClockWarning.objects.count()) == (2, 1)
    failing = False
    assert [run("2026-09-23 00:09"), run("2026-09-23 00:10"), ClockWarning.objects.count()] == [0, 1, 2]


def test_a_listener_may_stop_the_clock_it_hears(heard, run, monkeypatch):
    one = make_clock(label="Jeden", started_at=at("2026-09-15 10:00"))

    def stop(clock, step):
        stop_clock(rule=clock.rule_code, subject=clock.subject, event="withdrawn", at=at("2026-09-23 00:00"))

    monkeypatch.setitem(registries.clock_listeners._entries, "stop", stop)
    run("2026-09-23 00:00")
    one.refresh_from_db()
    assert (one.stop_event, one.tell_at) == ("withdrawn", None)


def test_a_clock_stopped_since_it_was_listed_is_passed_over(heard):
    one = make_clock(label="Jeden", started_at=at("2026-09-15 10:00"))
    stop_clock(rule=one.rule_code, subject=one.subject, event="answered")
    telling._tell_of(one.pk, at("2026-10-20 10:00"))
    assert heard == []
