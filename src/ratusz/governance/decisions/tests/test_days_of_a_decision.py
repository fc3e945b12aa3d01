"""A later day asked for and granted or refused, suspension, explanations of a delay."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import UnitFactory
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.factories import in_days, make_draft, make_head, make_office, make_running, make_taken
from ratusz.governance.decisions.models import Decision, DueDateChange
from ratusz.governance.decisions.rules import DecisionRefused, NotYours

pytestmark = pytest.mark.django_db


def test_d4_a_day_moved_twice_stays_in_public_and_the_second_move_reaches_the_secretary():
    """D4: history public; the second move reaches the secretary."""
    office, secretary = make_office(), make_head(UnitFactory(short_name="SEK"))
    decision, head = make_running(office)
    first = decision.due_on
    for days, reason in ((40, "Deszcz."), (50, "Brak materiału.")):
        actions.ask_later_day(decision=decision, wanted=in_days(days), reason="Prosimy.", person=head)
        decision = actions.answer_later_day(decision=decision, grant=True, answer=reason, person=office)
    assert (decision.first_due_on, decision.due_on) == (first, in_days(50))
    moves = [(each.was_on, each.due_on, each.reason) for each in decision.due_changes.all()]
    assert moves == [(first, in_days(40), "Deszcz."), (in_days(40), in_days(50), "Brak materiału.")]
    [letter] = OutboxMessage.objects.filter(dedup_key__contains=":moved:").select_related("address", "content")
    assert letter.address.value == secretary.email and "Brak materiału." in letter.content.text
    for change in (lambda: DueDateChange.objects.update(reason="x"), lambda: DueDateChange.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_refused_day_moves_nothing_and_another_day_may_be_given():
    office = make_office()
    decision, head = make_running(office)
    due = decision.due_on
    asked = actions.ask_later_day(decision=decision, wanted=in_days(45), reason="Prosimy.", person=head)
    with pytest.raises(DecisionRefused):
        actions.ask_later_day(decision=decision, wanted=in_days(46), reason="Jeszcze raz.", person=head)
    with pytest.raises(NotYours):
        actions.answer_later_day(decision=decision, grant=True, answer="Sami sobie.", person=head)
    with pytest.raises(DecisionRefused):
        actions.answer_later_day(decision=decision, grant=True, answer="Inne.", person=office, expected=asked.pk + 1)
    refused = actions.answer_later_day(decision=decision, grant=False, answer="Zdążycie.", person=office, expected=asked.pk)
    assert (refused.due_on, refused.due_changes.count()) == (due, 0)
    with pytest.raises(DecisionRefused):
        actions.answer_later_day(decision=decision, grant=False, answer="Drugi raz.", person=office)
    actions.ask_later_day(decision=decision, wanted=in_days(60), reason="Prosimy.", person=head)
    with pytest.raises(DecisionRefused):
        actions.answer_later_day(decision=decision, grant=True, answer="Wcześniej.", due_on=in_days(1), person=office)
    granted = actions.answer_later_day(decision=decision, grant=True, answer="Krócej.", due_on=in_days(40), person=office)
    assert granted.due_on == in_days(40)


@pytest.mark.parametrize("days", [30, 5, 4000])
def test_a_day_that_is_not_later_or_too_far_is_refused(days):
    decision, head = make_running()
    with pytest.raises(DecisionRefused):
        actions.ask_later_day(decision=decision, wanted=in_days(days), reason="Prosimy.", person=head)


def test_once_the_day_is_over_the_unit_explains_instead():
    decision, head = make_running()
    with pytest.raises(DecisionRefused):
        actions.explain_delay(decision=decision, text="Nie jest późno.", person=head)
    Decision.objects.filter(pk=decision.pk).update(due_on=in_days(-1))
    with pytest.raises(DecisionRefused):
        actions.ask_later_day(decision=decision, wanted=in_days(40), reason="Za późno.", person=head)
    with pytest.raises(DecisionRefused):
        actions.explain_delay(decision=decision, text="Dzwonić: 601 234 567", person=head)
    explained = actions.explain_delay(decision=decision, text="Wykonawca przerwał prace.", person=head)
    assert explained.explanation == "Wykonawca przerwał prace."
    assert explained.changes.last().kind == "explained"


def test_a_suspended_decision_is_not_late_and_goes_on_with_a_day_to_come():
    office = make_office()
    decision, head = make_running(office)
    Decision.objects.filter(pk=decision.pk).update(due_on=in_days(-1))
    paused = actions.suspend_decision(decision=decision, reason="Czekamy na wyrok.", person=office)
    assert not paused.is_overdue(paused.suspended_at)
    with pytest.raises(DecisionRefused):
        actions.report_decision(decision=decision, end="not_feasible", text="Nie.", instead="Nic.", person=head)
    with pytest.raises(DecisionRefused):
        actions.suspend_decision(decision=decision, reason="Drugi raz.", person=office)
    with pytest.raises(DecisionRefused):
        actions.resume_decision(decision=decision, due_on=in_days(-1), person=office)
    resumed = actions.resume_decision(decision=decision, due_on=in_days(20), person=office)
    assert (resumed.suspended_at, resumed.suspend_reason, resumed.due_on) == (None, "", in_days(20))
    assert resumed.due_changes.get().reason == "Czekamy na wyrok."
    with pytest.raises(DecisionRefused):
        actions.resume_decision(decision=decision, due_on=in_days(20), person=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(suspended_at=decision.made_at)


def test_resumed_with_the_same_day_writes_no_move():
    office = make_office()
    decision = make_taken(office)
    actions.suspend_decision(decision=decision, reason="Chwila.", person=office)
    assert actions.resume_decision(decision=decision, due_on=decision.due_on, person=office).due_changes.count() == 0
    with pytest.raises(DecisionRefused):
        actions.suspend_decision(decision=make_draft(), reason="Szkic.", person=office)
