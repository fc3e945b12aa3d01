"""A unit asks for a later day, the President's office grants or refuses it; suspend, resume; the unit explains a delay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.actions.links import UNIT_PURPOSE, tell_entity
from ratusz.governance.decisions.actions.steps import begin, keep, show
from ratusz.governance.decisions.ladder_pack import number
from ratusz.governance.decisions.models import Decision, DueDateChange, LaterDayRequest, PublicChange
from ratusz.governance.decisions.recipients import Directory
from ratusz.governance.decisions.words_gate import check_public


@transaction.atomic
def ask_later_day(
    *, decision: Decision, wanted: date, reason: str, person: Any = None, by_unit: Unit | None = None
) -> LaterDayRequest:
    """The unit asks before the day passes. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "ask_later", person, by_unit)
    rules.check_asking_later(decision, wanted, at)
    if decision.later_requests.filter(state=LaterDayRequest.State.OPEN).exists():
        raise rules.DecisionRefused(_("A question for a later day waits already."))
    asked = LaterDayRequest.objects.create(
        decision=decision, wanted_on=wanted, reason=rules.check_words(reason), asked_at=at, asked_by=person
    )
    keep(decision, "ask_later_day", person, {"due_on": decision.due_on}, wanted_on=wanted)
    return asked


@transaction.atomic
def answer_later_day(
    *, decision: Decision, grant: bool, answer: str, person: Any, due_on: date | None = None, expected: int | None = None
) -> Decision:
    """Grants (the reason is public, the day may be another one) or refuses. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "grant", person)
    asked = decision.later_requests.filter(state=LaterDayRequest.State.OPEN).first()
    if asked is None or (expected is not None and asked.pk != expected):
        raise rules.DecisionRefused(_("This question was answered already. Somebody may have done it a moment ago."))
    words = rules.check_words(answer)
    asked.state = LaterDayRequest.State.GRANTED if grant else LaterDayRequest.State.REFUSED
    asked.answer, asked.answered_at, asked.answered_by = words, at, person
    asked.save()
    if grant:
        day = due_on or asked.wanted_on
        rules.check_later(decision, day, at)
        _move(decision, day, words, at, person)
    keep(decision, "answer_later_day", person, {"asked_for": asked.wanted_on}, granted=grant, due_on=decision.due_on)
    if grant:
        _tell_secretary(decision, at)
    tell_entity(decision, at, _answer_to_unit(decision, grant, words))
    return decision


def _answer_to_unit(decision: Decision, grant: bool, words: str) -> str:
    if not grant:
        return _("The due day stays as it was: %(words)s") % {"words": words}
    assert decision.due_on is not None
    return _("The due day is moved to %(day)s: %(words)s") % {"day": polish_date(decision.due_on), "words": words}


def _move(decision: Decision, day: date, reason: str, at: datetime, person: Any) -> None:
    assert decision.due_on is not None
    if decision.is_public:
        check_public(at, reason)
    DueDateChange.objects.create(
        decision=decision, was_on=decision.due_on, due_on=day, reason=reason, changed_at=at, changed_by=person
    )
    decision.due_on, decision.explanation = day, ""
    decision.parts.filter(due_on__gt=day, state="open").update(due_on=day)
    show(decision, PublicChange.Kind.MOVED, at, reason)


def _tell_secretary(decision: Decision, at: datetime) -> None:
    """From the second move on the secretary hears of it at once."""
    moves = decision.due_changes.count()
    if moves < number("moves_until_secretary"):
        return
    directory = Directory(at)
    reached = directory.reached(directory.post("secretary"))
    last = decision.due_changes.last()
    assert decision.due_on is not None and last is not None
    context = {"decision": decision, "due": polish_date(decision.due_on), "moves": moves, "reason": last.reason}
    for (kind, pk), to in reached.items():
        send(
            to=to, purpose=UNIT_PURPOSE, template="decisions/mail/moved_again", context=context,
            dedup_key=f"{decision.key}:moved:{moves}:{kind}:{pk}",
        )  # fmt: skip


@transaction.atomic
def suspend_decision(*, decision: Decision, reason: str, person: Any) -> Decision:
    """Nothing is asked of the unit until it is resumed; everybody reads why. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "suspend", person)
    rules.check_suspending(decision)
    words = rules.check_words(reason)
    if decision.is_public:
        check_public(at, words)
    decision.suspended_at, decision.suspend_reason = at, words
    keep(decision, "suspend_decision", person, {}, suspended=True)
    show(decision, PublicChange.Kind.SUSPENDED, at, words)
    tell_entity(decision, at, _("The decision is suspended: %(words)s") % {"words": words})
    return decision


@transaction.atomic
def resume_decision(*, decision: Decision, due_on: date, person: Any) -> Decision:
    """It goes on, with this due day: the old one or a new one. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "resume", person)
    rules.check_resuming(decision, due_on, at)
    reason, decision.suspended_at, decision.suspend_reason = decision.suspend_reason, None, ""
    if due_on != decision.due_on:
        _move(decision, due_on, reason, at, person)
    keep(decision, "resume_decision", person, {}, due_on=decision.due_on)
    show(decision, PublicChange.Kind.RESUMED, at)
    tell_entity(decision, at, _("The decision goes on. Due day: %(day)s") % {"day": polish_date(due_on)})
    return decision


@transaction.atomic
def explain_delay(*, decision: Decision, text: str, person: Any = None, by_unit: Unit | None = None) -> Decision:
    """The unit says to everybody why it is late. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "explain", person, by_unit)
    rules.check_state(decision, *rules.OPEN)
    if not decision.is_overdue(at):
        raise rules.DecisionRefused(_("This decision is not late."))
    before, decision.explanation = decision.explanation, rules.check_words(text)
    if decision.is_public:
        check_public(at, decision.explanation)
    keep(decision, "explain_delay", person, {"explanation": before}, explanation=decision.explanation)
    show(decision, PublicChange.Kind.EXPLAINED, at, decision.explanation)
    return decision
