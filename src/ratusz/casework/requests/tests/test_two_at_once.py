"""Two who do the same at the same moment: one answer leaves, one person has the request, one clock runs."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from tests.harness.at_once import outcomes

from ratusz.casework.deadlines.actions import extend_clock, start_clock
from ratusz.casework.deadlines.factories import make_clock
from ratusz.casework.deadlines.models import Clock, ClockExtension
from ratusz.casework.deadlines.rules import ClockRefused
from ratusz.casework.requests import actions, rules
from ratusz.casework.requests.factories import make_request
from ratusz.casework.requests.models import Outcome, Reply
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


both = partial(outcomes, refusals=(rules.RequestRefused, ClockRefused))


@pytest.fixture
def editors():
    return [AppointmentFactory(role_code="editor").person for _number in range(2)]


def test_one_answer_leaves(editors):
    made = make_request()

    def answer(editor):
        return lambda: actions.settle_request(request=made, outcome=Outcome.ANSWERED, text=editor.email, person=editor)

    assert both(*map(answer, editors)) == ["RequestRefused", "done"]
    assert (Reply.objects.count(), OutboxMessage.objects.filter(dedup_key__endswith=":answer").count()) == (1, 1)


def test_one_person_has_it(editors):
    made = make_request()

    def take(editor):
        return lambda: actions.take_request(request=made, person=editor)

    assert both(*map(take, editors)) == ["RequestRefused", "done"]
    made.refresh_from_db()
    assert made.person == Clock.objects.get().person


def test_one_clock_runs_and_is_extended_once():
    which = {"rule": "public_information.answer", "subject": "test.case:1"}
    assert both(*[lambda: start_clock(**which, label="Sprawa")] * 2) == ["done", "done"]
    assert Clock.objects.count() == 1
    until = database_now() + timedelta(days=30)
    assert both(*[lambda: extend_clock(**which, due_at=until, reason="x")] * 2) == ["ClockRefused", "done"]
    assert (ClockExtension.objects.count(), make_clock(**which).due_at) == (1, Clock.objects.get().due_at)
