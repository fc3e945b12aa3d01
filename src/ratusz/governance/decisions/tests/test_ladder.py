"""The ladder of reminders: what goes when and to whom, once, also after missed nights; due days on free days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import actions, due_days, ladder_pack
from ratusz.governance.decisions.actions import ladder
from ratusz.governance.decisions.factories import make_draft, make_head, make_office, make_running, make_taken, page_proof
from ratusz.governance.decisions.ladder_pack import LadderRefused, read_ladder
from ratusz.governance.decisions.models import Decision, DueDateChange, LadderRun, LadderStep

STEPS = ladder_pack.ladder().steps_on(date(2026, 11, 30))
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def step(code: str) -> ladder_pack.Step:
    """One step of the pack."""
    return next(each for each in STEPS if each.code == code)


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2026, 12, 24), date(2026, 12, 23)), (date(2026, 12, 26), date(2026, 12, 23)), (date(2026, 11, 28), date(2026, 11, 27)),
        (date(2024, 12, 24), date(2024, 12, 23)), (date(2026, 11, 11), date(2026, 11, 10)),
    ],
)  # fmt: skip
def test_d4_a_bad_due_day_is_named_and_the_working_day_before_offered(day, offered):
    """D4: 24 December 2026 offers 23 December."""
    assert due_days.is_bad_due_day(day) and due_days.working_day_before(day) == offered and due_days.why_bad(day)
    assert not due_days.is_bad_due_day(offered)


@given(DAYS)
def test_the_offered_day_is_always_earlier_and_good(day):
    offered = due_days.working_day_before(day)
    assert offered < day and not due_days.is_bad_due_day(offered)


@given(taken=DAYS, length=st.integers(0, 400))
def test_reminders_go_before_the_due_day_and_escalations_after_it_and_never_on_free_days(taken, length):
    due = taken + timedelta(days=length)
    for each in STEPS:
        day = due_days.day_of_step(each, taken, due, None)
        if day is None:
            continue
        assert is_working_day(day)
        if each.is_reminder:
            assert taken <= day < due
        elif each.when == "due":
            assert day > due


def test_which_steps_are_due_on_which_day():
    """Due on Friday, 30 October 2026: four weeks and a week before, the next working day after, and so on."""
    taken, due = date(2026, 9, 1), date(2026, 10, 30)
    days = {each.code: due_days.day_of_step(each, taken, due, None) for each in STEPS}
    assert days == {
        "start": taken, "progress": date(2026, 10, 2), "week": date(2026, 10, 23), "day": date(2026, 10, 29),
        "overdue_1": date(2026, 11, 2), "overdue_2": date(2026, 11, 6), "overdue_3": date(2026, 11, 13),
        "overdue_4": date(2026, 11, 27), "acceptance": None,
    }  # fmt: skip
    assert due_days.day_of_step(step("progress"), due - timedelta(days=41), due, None) is None
    assert due_days.day_of_step(step("acceptance"), taken, due, date(2026, 10, 30)) == date(2026, 11, 6)
    waiting = due_days.steps_due(STEPS, taken, due, date(2026, 10, 20), date(2026, 12, 1), taken)
    assert [each.code for each, _day in waiting] == ["start", "acceptance"]
    moved = due_days.steps_due(STEPS, taken, due, None, date(2026, 10, 29), counts_from=date(2026, 10, 26))
    assert [each.code for each, _day in moved] == ["start", "day"]


@pytest.mark.parametrize(
    "wrong",
    ['code = "x"', 'code = "x"\nname = "x"\nwhen = "never"\ndays = 1\nto = ["head"]\nvalid_from = 2020-01-01',
     'code = "x"\nname = "x"\nwhen = "due"\ndays = 1\nto = ["mayor"]\nvalid_from = 2020-01-01',
     'code = "x"\nname = "x"\nwhen = "due"\ndays = 1\nto = ["head"]\nvalid_from = 2020-01-01\ncolour = "red"'],
)  # fmt: skip
def test_a_ladder_written_wrong_is_refused(wrong):
    with pytest.raises(LadderRefused):
        read_ladder(f"[rules]\n[[step]]\n{wrong}\n")
    good = 'code = "x"\nname = "x"\nwhen = "due"\ndays = 1\nto = ["head"]\nvalid_from = 2020-01-01'
    with pytest.raises(LadderRefused):
        read_ladder(f"[rules]\n[[step]]\n{good}\n[[step]]\n{good}\n")


@pytest.fixture
def clock(monkeypatch):
    """Sets the moment of the run."""

    def at(day: date, hour: int = 6) -> None:
        moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
        monkeypatch.setattr(ladder, "database_now", lambda: moment)

    return at


def backdate(decision: Decision, taken: date, due: date) -> Decision:
    """As if it had been taken that day."""
    moment = datetime(taken.year, taken.month, taken.day, 9, tzinfo=UTC)
    Decision.objects.filter(pk=decision.pk).update(taken_at=moment, given_at=moment, due_on=due, first_due_on=due)
    return Decision.objects.get(pk=decision.pk)


def told() -> list[str]:
    return list(LadderStep.objects.order_by("pk").values_list("step", flat=True))


def letters() -> list[tuple[str, str]]:
    """Recipient and text of each digest."""
    rows = OutboxMessage.objects.filter(dedup_key__startswith="decisions.ladder:").select_related("address", "content")
    return [(each.address.value, each.content.text) for each in rows.order_by("pk")]


@pytest.mark.django_db
def test_d3_a_worker_stopped_for_nine_days_tells_each_step_once_and_one_digest_a_person(clock):
    """D3: stopped over a four-week, a one-week and an overdue date."""
    unit = UnitFactory()
    decisions = [make_running(lead_unit=unit)[0] for _each in range(3)]
    head = decisions[0].person
    Decision.objects.update(person=head)
    today = date(2026, 10, 14)
    dues = [date(2026, 11, 6), date(2026, 10, 16), date(2026, 10, 9)]
    for decision, due in zip(decisions, dues, strict=True):
        backdate(decision, date(2026, 8, 3), due)
    clock(date(2026, 10, 5))
    actions.run_ladder()
    before = len(told())
    clock(today)
    actions.run_ladder()
    new = list(LadderStep.objects.order_by("pk")[before:].values_list("decision", "step"))
    assert sorted(new) == sorted([
        (decisions[0].pk, "progress"), (decisions[1].pk, "week"), (decisions[2].pk, "day"), (decisions[2].pk, "overdue_1"),
    ])  # fmt: skip
    assert actions.run_ladder() == 0
    last = [text for to, text in letters() if to == head.email][-1]
    assert [last.count(each.number) for each in decisions] == [1, 1, 1] and "po terminie" in last
    assert len([to for to, _text in letters() if to == head.email]) == 2
    clock(date(2026, 10, 15))
    assert actions.run_ladder() == 1  # the day before the 16th


@pytest.mark.django_db
def test_a_late_one_climbs_from_the_unit_to_the_presidents_list(clock):
    office = make_office()
    people = {symbol: make_head(UnitFactory(short_name=symbol)) for symbol in ("PEL", "SEK")}
    decision, head = make_running(office)
    backdate(decision, date(2026, 8, 3), date(2026, 10, 1))
    reached = []
    for day in (date(2026, 10, 2), date(2026, 10, 8), date(2026, 10, 15), date(2026, 10, 29)):
        before = OutboxMessage.objects.count()
        clock(day)
        actions.run_ladder()
        reached.append({row.address.value for row in OutboxMessage.objects.order_by("pk")[before:].select_related("address")})
    assert reached[0] == {head.email}
    assert reached[1:] == [{people["PEL"].email}, {people["SEK"].email}, {office.email}]
    assert list(decision.changes.order_by("pk").values_list("kind", flat=True)) == ["taken", "in_progress", "overdue"]


@pytest.mark.django_db
@pytest.mark.slow
def test_a_moved_day_makes_new_steps_and_a_step_is_told_once(clock):
    decision, _head = make_running(make_office())
    backdate(decision, date(2026, 8, 3), date(2026, 10, 1))
    clock(date(2026, 9, 25))
    actions.run_ladder()
    assert told() == ["start", "progress", "week"]
    Decision.objects.filter(pk=decision.pk).update(due_on=date(2026, 10, 8))
    moved = datetime(2026, 9, 28, 9, tzinfo=UTC)
    DueDateChange.objects.create(
        decision=decision, was_on=date(2026, 10, 1), due_on=date(2026, 10, 8), reason="Deszcz.", changed_at=moved
    )
    clock(date(2026, 10, 1))
    actions.run_ladder()
    assert told() == ["start", "progress", "week", "week"]
    with pytest.raises(IntegrityError), transaction.atomic():
        first = LadderStep.objects.first()
        facts = {"due_on": first.due_on, "step": first.step, "planned_on": first.due_on, "told_at": first.told_at}
        LadderStep.objects.create(decision=decision, **facts)


@pytest.mark.django_db
@pytest.mark.slow
def test_nothing_is_told_on_free_days_of_suspended_ones_and_while_a_report_waits(clock):
    office = make_office()
    decision, head = make_running(office)
    backdate(decision, date(2026, 8, 3), date(2026, 10, 1))
    clock(date(2026, 10, 3))
    assert actions.run_ladder() == 0 and not LadderRun.objects.exists()
    actions.suspend_decision(decision=decision, reason="Czekamy na grunt.", person=office)
    clock(date(2026, 10, 5))
    assert actions.run_ladder() == 0 and LadderRun.objects.count() == 1
    Decision.objects.update(suspended_at=None, suspend_reason="")
    actions.report_decision(decision=decision, end="done", text="Stoi.", evidence=[page_proof()], person=head)
    Decision.objects.update(reported_at=datetime(2026, 9, 28, 9, tzinfo=UTC))
    clock(date(2026, 10, 6))
    actions.run_ladder()
    assert told() == ["start", "acceptance:2026-09-28"]


@pytest.mark.django_db
def test_d8_the_stand_in_gets_the_mail_from_the_first_day_to_the_last(clock):
    """D8: the head is on leave."""
    unit = UnitFactory()
    decision = make_taken(lead_unit=unit)
    head = make_head(unit)
    stand_in = UserFactory(is_staff=True)
    first, last = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 10, tzinfo=UTC)
    AppointmentFactory(
        role_code="head", unit=unit, person=stand_in, starts=first, ends=last, standing_in_for=head.appointments.get()
    )
    actions.accept_decision(decision=decision, person=head, first_step="Przegląd")
    for day, due, reader in (
        (date(2026, 9, 30), date(2026, 10, 7), head), (date(2026, 10, 1), date(2026, 10, 8), stand_in),
        (date(2026, 10, 9), date(2026, 10, 16), stand_in), (date(2026, 10, 12), date(2026, 10, 19), head),
    ):  # fmt: skip
        before = OutboxMessage.objects.count()
        backdate(decision, date(2026, 8, 3), due)
        clock(day)
        actions.run_ladder()
        assert {row.address.value for row in OutboxMessage.objects.order_by("pk")[before:]} == {reader.email}, day


@pytest.mark.django_db
def test_an_entity_without_people_here_is_written_to_with_its_link(clock):
    company = UnitFactory(kind=Unit.Kind.COMPANY, email="biuro@spolka.example")
    decision = make_taken(lead_unit=company)
    backdate(decision, date(2026, 8, 3), date(2026, 10, 8))
    clock(date(2026, 10, 1))
    actions.run_ladder()
    [(to, text)] = letters()
    assert to == "biuro@spolka.example" and "/ustalenia/jednostka/" in text


@pytest.mark.django_db
def test_the_queries_of_a_run_do_not_grow_with_decisions(clock):
    office, unit = make_office(), UnitFactory()
    head = make_head(unit)
    add_address(channel="email", value=head.email)  # the first letter to somebody makes the address
    counts = []
    for number, due in ((1, date(2026, 10, 8)), (3, date(2026, 10, 15))):
        for _each in range(number):
            decision = actions.take_decision(decision=make_draft(lead_unit=unit), person=office)
            decision = actions.accept_decision(decision=decision, person=head, first_step="Krok")
            backdate(decision, date(2026, 8, 3), due)
        clock(due - timedelta(days=7))
        with CaptureQueriesContext(connection) as queries:
            actions.run_ladder()
        counts.append(len(queries))
    assert counts[0] >= counts[1]
