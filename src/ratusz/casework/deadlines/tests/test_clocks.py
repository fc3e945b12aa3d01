"""Clocks on cases: one at a time, with the rule of their start; pause, extension, stop; what the database refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ratusz.casework.deadlines import registries, rulebook
from ratusz.casework.deadlines.actions import clocks as acting
from ratusz.casework.deadlines.actions import extend_clock, pause_clock, resume_clock, set_due, start_clock, stop_clock
from ratusz.casework.deadlines.factories import make_clock
from ratusz.casework.deadlines.models import Clock, ClockPause
from ratusz.casework.deadlines.rules import ClockRefused
from ratusz.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
START = datetime(2026, 9, 15, 10, tzinfo=WARSAW)
INFO = {"rule": "public_information.answer", "subject": "test.case:1"}
EDIT = {"rule": "editing.edit", "subject": "test.case:1"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.fixture
def now(monkeypatch):
    """now("2026-09-15 10:00") sets the database's clock."""

    def put(text: str) -> None:
        monkeypatch.setattr(acting, "database_now", lambda: at(text))

    put("2026-09-15 10:00")
    return put


def deeds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("deed", flat=True))


def test_a_clock_starts_once_and_a_second_start_gives_the_running_one(now):
    first = start_clock(**INFO, label="Wniosek 1", url="/x/")
    second = start_clock(**INFO, label="inaczej")
    assert (first.pk, first.due_at, first.label) == (second.pk, at("2026-09-30 00:00"), second.label)
    assert deeds() == ["deadlines.start_clock"]
    assert list(Clock.objects.of("test.case:1").running()) == [first]


def test_a_stopped_clock_may_start_again_and_stopping_nothing_gives_nothing(now):
    assert stop_clock(**INFO, event="answered") is None
    first = start_clock(**INFO, label="Wniosek 1")
    now("2026-09-29 23:59")
    stopped = stop_clock(**INFO, event="answered")
    assert (stopped.pk, stopped.stop_event, stopped.was_late) == (first.pk, "answered", False)
    assert start_clock(**INFO, label="Wniosek 1").pk != first.pk
    assert stop_clock(**INFO, event="withdrawn", at=at("2026-10-20 00:00")).was_late


def test_an_event_the_rule_does_not_know_stops_nothing(now):
    start_clock(**INFO, label="Wniosek 1")
    with pytest.raises(ClockRefused, match="zapomniano"):
        stop_clock(**INFO, event="zapomniano")
    assert Clock.objects.running().count() == 1


def test_overdue_begins_with_the_moment_of_the_term(now):
    clock = start_clock(**INFO, label="Wniosek 1")
    assert not Clock.objects.overdue(clock.due_at - timedelta(microseconds=1)).exists()
    assert Clock.objects.overdue(clock.due_at).get() == clock


def test_a_law_changed_in_the_middle_of_a_case_changes_nothing(now, monkeypatch):
    clock = start_clock(**INFO, label="Wniosek 1")
    monkeypatch.setattr(rulebook, "_rules", lambda paths: (shorter(clock.rule),))
    extend_clock(**INFO, due_at=at("2026-10-10 12:00"), reason="Wiele dokumentów")
    kept = Clock.objects.get(pk=clock.pk)
    assert (kept.due_at, kept.rule.length, kept.rule_version) == (at("2026-10-11 00:00"), 14, clock.rule_version)
    assert start_clock(rule=INFO["rule"], subject="test.case:2", label="Nowy").due_at == at("2026-09-19 00:00")


def shorter(rule):
    from dataclasses import replace

    return replace(rule, length=3)


def test_the_database_keeps_rule_and_start_and_a_stopped_clock_stopped(now):
    clock = start_clock(**INFO, label="Wniosek 1")
    for change in ({"started_at": at("2026-09-16 10:00")}, {"rule_content": {}}, {"rule_version": "x"}, {"subject": "y"}):
        with pytest.raises(DatabaseError, match="keeps the rule"), transaction.atomic():
            Clock.objects.filter(pk=clock.pk).update(**change)
    stop_clock(**INFO, event="answered")
    with pytest.raises(DatabaseError, match="stays stopped"), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(stopped_at=None, stop_event="")


@pytest.mark.parametrize(
    "facts",
    [
        {"stopped_at": START - timedelta(days=1), "stop_event": "x"},
        {"stopped_at": START + timedelta(days=1)},
        {"stop_event": "x"},
        {"stopped_at": START, "stop_event": "x", "paused_at": START},
    ],
)
def test_the_database_refuses_clocks_that_cannot_be(now, facts):
    clock = start_clock(**INFO, label="Wniosek 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(**facts)


def test_a_pause_stops_the_days_and_as_many_are_left_after_it(now):
    start_clock(**EDIT, label="Zgłoszenie 1")
    now("2026-09-16 09:00")
    paused = pause_clock(**EDIT, reason=" Komórka dosyła zdjęcia ")
    assert (paused.paused_at, ClockPause.objects.get().reason) == (at("2026-09-16 09:00"), "Komórka dosyła zdjęcia")
    assert not Clock.objects.overdue(at("2027-01-01 00:00")).exists()
    now("2026-09-21 09:00")
    # Three working days from Tuesday the 15th end on Friday; two were left on Wednesday, so they are Tuesday and Wednesday.
    assert resume_clock(**EDIT).due_at == at("2026-09-24 00:00")
    assert resume_clock(**EDIT).paused_at is None
    assert deeds() == ["deadlines.start_clock", "deadlines.pause_clock", "deadlines.resume_clock"]


def test_a_paused_clock_stops_with_its_pause(now):
    start_clock(**EDIT, label="Zgłoszenie 1")
    pause_clock(**EDIT, reason="czekamy")
    now("2026-09-20 09:00")
    assert stop_clock(**EDIT, event="closed").paused_at is None
    assert ClockPause.objects.get().ended_at == at("2026-09-20 09:00")


def test_pauses_are_refused_where_they_would_hide_something(now):
    start_clock(**INFO, label="Wniosek 1")
    start_clock(**EDIT, label="Zgłoszenie 1")
    refusals = []
    for which, reason, moment in (
        (INFO, "x", "2026-09-15 11:00"), (EDIT, "  ", "2026-09-15 11:00"), (EDIT, "x", "2026-09-19 00:00"),
        ({**EDIT, "subject": "test.case:9"}, "x", "2026-09-15 11:00"),
    ):  # fmt: skip
        now(moment)
        with pytest.raises(ClockRefused) as refusal:
            pause_clock(**which, reason=reason)
        refusals.append(str(refusal.value))
    now("2026-09-15 12:00")
    pause_clock(**EDIT, reason="x")
    with pytest.raises(ClockRefused) as refusal:
        pause_clock(**EDIT, reason="x")
    assert refusals + [str(refusal.value)] == [
        "Reguła tego terminu nie zna przerwy.",
        "Napisz powód: zostanie w historii terminu.",
        "Termin minął: przerwa go nie przywróci.",
        "Taki termin nie biegnie: zamknięto go albo nigdy nie ruszył.",
        "Ten termin jest już wstrzymany.",
    ]


def test_a_term_is_extended_once_with_a_reason_and_no_further_than_the_law_lets_it(now):
    start_clock(**INFO, label="Wniosek 1")
    for due, reason, words in (
        ("2026-11-16 12:00", "x", "nie dalej niż do 15 listopada 2026 r., godz. 24.00"), ("2026-09-20 12:00", "x", "późniejszy"),
        ("2026-10-20 12:00", " ", "powód"),
    ):  # fmt: skip
        with pytest.raises(ClockRefused, match=words):
            extend_clock(**INFO, due_at=at(due), reason=reason)
    assert extend_clock(**INFO, reason="Wiele dokumentów").due_at == at("2026-11-16 00:00")
    with pytest.raises(ClockRefused, match="już raz"):
        extend_clock(**INFO, reason="znowu")


def test_extension_is_refused_where_the_rule_a_pause_or_lateness_stands_in_the_way(now):
    start_clock(rule="page.review", subject="p:1", label="Strona")
    start_clock(**EDIT, label="Zgłoszenie 1")
    with pytest.raises(ClockRefused, match="nie zna przedłużenia"):
        extend_clock(rule="page.review", subject="p:1", reason="x")
    pause_clock(**EDIT, reason="x")
    with pytest.raises(ClockRefused, match="wstrzymany"):
        extend_clock(**EDIT, reason="x")
    start_clock(**INFO, label="Wniosek 1")
    now("2026-09-30 00:00")
    with pytest.raises(ClockRefused, match="przed końcem"):
        extend_clock(**INFO, reason="x")


def test_a_pause_before_an_extension_does_not_count_twice(now):
    start_clock(**EDIT, label="Zgłoszenie 1")
    pause_clock(**EDIT, reason="x")
    now("2026-09-17 10:00")
    assert resume_clock(**EDIT).due_at == at("2026-09-23 00:00")
    assert extend_clock(**EDIT, reason="x").due_at == at("2026-09-26 00:00")
    pause_clock(**EDIT, reason="y")
    now("2026-09-18 10:00")
    assert resume_clock(**EDIT).due_at == at("2026-09-29 00:00")


@pytest.fixture(params=["issue", "session"])
def by_issue(request, monkeypatch, tmp_path):
    pack = tmp_path / "clocks.toml"
    pack.write_text(
        f'[[rule]]\ncode="b.issue"\nname="Sprostowanie"\nstart="wpływ"\nunit="{request.param}"\nstops=["closed"]\nbasis="PP 32"\n'
        'certainty="firm"\nvalid_from=2000-01-01\nwarn=["1 cal_day"]\n'
    )
    monkeypatch.setitem(registries.clock_packs._entries, "test", pack)
    return {"rule": "b.issue", "subject": "test.case:1"}


def test_a_term_by_issue_or_session_waits_for_its_day_and_a_term_by_date_needs_it(now, by_issue):
    clock = start_clock(**by_issue, label="Sprostowanie")
    assert (clock.due_at, clock.tell_at) == (None, None)
    known = set_due(**by_issue, due_at=at("2026-10-01 05:00"))
    assert (known.due_at, known.tell_at) == (at("2026-10-01 05:00"), at("2026-09-30 05:00"))
    with pytest.raises(ClockRefused, match="Podaj"):
        start_clock(rule="a11y.declaration", subject="d:1", label="Deklaracja")
    for act in (
        lambda: start_clock(**INFO, label="x", due_at=START), lambda: start_clock(**INFO, label="x") and set_due(**INFO, due_at=START),
    ):  # fmt: skip
        with pytest.raises(ClockRefused, match="wylicza"):
            act()


def test_a_clock_reads_as_its_rule_and_its_case(now):
    clock = make_clock(label="KS-12", started_at=datetime(2026, 9, 15, tzinfo=UTC))
    assert str(clock) == "Wniosek o informację publiczną: KS-12"
    assert clock.rule.valid_from == date(2002, 1, 1)
