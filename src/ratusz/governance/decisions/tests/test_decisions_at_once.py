"""Two of everything at one moment: one report is accepted once, one step goes once, numbers have no holes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import make_aware
from tests.harness.at_once import at_once as begun_together

from ratusz.casework.documents.models import IssuedNumber
from ratusz.foundation.audit.models import Entry
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.actions import ladder
from ratusz.governance.decisions.factories import (
    in_days,
    make_draft,
    make_office,
    make_reported,
    make_running,
    make_taken,
    page_proof,
)
from ratusz.governance.decisions.models import Decision, DueDateChange, LadderRun, LadderStep, PublicChange, Report
from ratusz.governance.decisions.rules import DecisionRefused, NotYours

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


at_once = partial(begun_together, refusals=(DecisionRefused, NotYours))


def refused(results: list[Any]) -> int:
    return sum(isinstance(each, DecisionRefused) for each in results)


def test_a_report_accepted_and_sent_back_by_three_at_once_has_one_answer():
    decision, _head = make_reported()
    first, second, third = make_office(), make_office(), make_office()
    done = at_once(
        lambda: actions.accept_report(decision=decision, note="Dobrze.", person=first),
        lambda: actions.accept_report(decision=decision, note="Dobrze.", person=second),
        lambda: actions.send_report_back(decision=decision, note="Brak zdjęcia.", person=third),
    )
    assert refused(done) == 2
    assert Report.objects.get().answer in ("accepted", "sent_back")
    assert Entry.objects.filter(deed__in=("decisions.accept_report", "decisions.send_report_back")).count() == 1


def test_a_later_day_granted_while_the_unit_reports_and_another_refuses_it_is_answered_once():
    office, other = make_office(), make_office()
    decision, head = make_running(office)
    actions.ask_later_day(decision=decision, wanted=in_days(45), reason="Prosimy.", person=head)
    report = {"end": "done", "text": "Stoi.", "evidence": [page_proof()]}
    done = at_once(
        lambda: actions.answer_later_day(decision=decision, grant=True, answer="Dobrze.", person=office),
        lambda: actions.answer_later_day(decision=decision, grant=False, answer="Nie.", person=other),
        lambda: actions.report_decision(decision=decision, person=head, **report),
    )
    assert refused(done) == 1
    decision.refresh_from_db()
    assert (decision.state, DueDateChange.objects.count()) == ("reported", int(decision.due_on == in_days(45)))


def test_two_runs_of_the_ladder_at_once_tell_each_step_once(monkeypatch):
    wednesday = make_aware(datetime(2026, 10, 7, 6))
    monkeypatch.setattr(ladder, "database_now", lambda: wednesday)
    decision = make_taken()
    taken = make_aware(datetime(2026, 8, 3, 9))
    Decision.objects.filter(pk=decision.pk).update(taken_at=taken, given_at=taken, due_on=datetime(2026, 10, 5).date())
    counts = at_once(*[actions.run_ladder] * 3)
    assert sorted(counts)[:2] == [0, 0] and LadderRun.objects.get().steps == LadderStep.objects.count() == max(counts) > 0
    assert PublicChange.objects.filter(kind="overdue").count() == 1


def test_one_source_drafted_by_three_at_once_is_one_decision_and_numbers_have_no_hole():
    facts = {"title": "Ławki", "text": "Pięć ławek"}
    made = at_once(*[lambda: actions.draft_decision(facts=facts, person=None, source_key="meetings.voice:1", trusted=True)] * 3)
    assert len({each.pk for each in made}) == 1
    with pytest.raises(DecisionRefused):
        unit = made[0].lead_unit or make_taken().lead_unit
        helpers = [{"unit": unit, "text": "x"}] * 2
        actions.draft_decision(facts=facts, person=None, helpers=helpers, trusted=True)
    make_draft()
    numbers = IssuedNumber.objects.filter(series="decisions.decision").order_by("number")
    assert [each.text for each in numbers] == list(Decision.objects.order_by("number").values_list("number", flat=True))
    assert [each.number for each in numbers] == [1, 2, 3]


@pytest.mark.django_db
def test_d5_the_database_refuses_what_the_rule_refuses():
    """D5: done without evidence, and accepted by whoever reported."""
    decision, head = make_reported()
    office = make_office()
    with pytest.raises(NotYours):
        actions.accept_report(decision=decision, note="Sam.", person=head)
    proof = Report.objects.get().evidence.get()
    done = {"state": "done", "settled_at": decision.reported_at}
    for facts in (
        {"settled_by": office, "proof": None},
        {"settled_by": head, "proof": proof},
        {"settled_by": None, "proof": proof},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**done, **facts)
