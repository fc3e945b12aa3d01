"""A decision is replaced by another, withdrawn, or taken up again by a new one that follows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ratusz.governance.decisions import rules
from ratusz.governance.decisions.actions.steps import begin, end, keep, show
from ratusz.governance.decisions.actions.writing import draft_decision
from ratusz.governance.decisions.models import Decision, PublicChange, Report
from ratusz.governance.decisions.models.decisions import OPEN, State
from ratusz.governance.decisions.words_gate import check_public


@transaction.atomic
def withdraw_decision(*, decision: Decision, reason: str, person: Any) -> Decision:
    """By the President's word; a draft just goes. Raises NotYours, DecisionRefused."""
    is_draft = decision.state == State.DRAFT
    decision, at = begin(decision, "draft" if is_draft else "withdraw", person)
    rules.check_state(decision, *((State.DRAFT,) if is_draft else OPEN))
    decision.settle_note = rules.check_words(reason)
    if decision.is_public and not is_draft:
        check_public(at, decision.settle_note)
    before = decision.state
    _let_report_go(decision, at, person)
    end(decision, State.WITHDRAWN, at, person)
    keep(decision, "withdraw_decision", person, {"state": before}, state=decision.state)
    show(decision, PublicChange.Kind.WITHDRAWN, at, decision.settle_note)
    return decision


@transaction.atomic
def replace_decision(*, decision: Decision, by: Decision, reason: str, person: Any) -> Decision:
    """Another decision that was taken stands instead; followers hear of it from now on. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "replace", person)
    rules.check_state(decision, *OPEN)
    if by.pk == decision.pk or by.taken_at is None or by.state in (State.REPLACED, State.WITHDRAWN):
        raise rules.DecisionRefused(gettext("Choose another decision that was taken and stands."))
    decision.settle_note, decision.replaced_by = rules.check_words(reason), by
    if decision.is_public:
        check_public(at, decision.settle_note)
    before = decision.state
    _let_report_go(decision, at, person)
    end(decision, State.REPLACED, at, person)
    keep(decision, "replace_decision", person, {"state": before}, replaced_by=by.number)
    show(decision, PublicChange.Kind.REPLACED, at, decision.settle_note)
    return decision


def _let_report_go(decision: Decision, at: Any, person: Any) -> None:
    """A report that waits is not to be judged any more."""
    waiting = decision.reports.filter(answer=Report.Answer.WAITS)
    waiting.update(answer=Report.Answer.SENT_BACK, answer_note="–", answered_at=at, answered_by=person)


@transaction.atomic
def reopen_decision(*, decision: Decision, facts: Mapping[str, Any], person: Any) -> Decision:
    """Ended ones stay ended: a new draft follows it, with its words and unit; whoever asked or followed hears of it.

    Raises NotYours, DecisionRefused.
    """
    decision, _at = begin(decision, "reopen", person)
    rules.check_reopening(decision)
    if known := decision.followed_by.filter(state=State.DRAFT).first():
        return known
    copied = ("title", "text", "asked_words", "asker_words", "public_text", "origin", "meeting", "question", "district", "topic",
              "lead_unit", "expected_proof", "is_public", "not_public_reason")  # fmt: skip
    start = {name: getattr(decision, name) for name in copied}
    made = draft_decision(facts={**start, **facts, "follows": decision}, person=person)
    keep(decision, "reopen_decision", person, {}, by=made.number)
    return made
