"""The formal check: one call to complete what is missing, the applicant's answer, and "formally complete"."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import pause_clock, resume_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.rules import ClockRefused
from ratusz.casework.signatures.actions import close_collection
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.participation.consultations.applications import rules, supporting
from ratusz.participation.consultations.applications.actions.steps import locked, run, step, tell
from ratusz.participation.consultations.models import Application, ApplicationState, ApplicationStep


@transaction.atomic
def call_to_complete(*, application: Application, words: str, person: Any) -> Application:
    """Tells the applicant what is missing; the reply's clock runs, that of the decision waits.

    Raises NotYours, ApplicationRefused.
    """
    mine, now = locked(application), database_now()
    rules.check_may(person, "check", mine, now)
    rules.check_state(mine, ApplicationState.SUBMITTED)
    words = rules.check_words(words)
    if mine.steps.filter(kind=ApplicationStep.Kind.CALLED).exists():
        raise rules.ApplicationRefused(_("The applicant was called once already. Find it complete, or write down the refusal."))
    stop_clock(rule=rules.CALL, subject=mine.key, event="called")
    pause_decision(mine)
    mine.state = ApplicationState.CALLED
    due_at = run(mine, rules.REPLY, now).due_at
    made = step(mine, ApplicationStep.Kind.CALLED, now, words=words, person=person, due_at=due_at)
    until = polish_until(due_at) if due_at else ""
    text = _("Your application %(number)s has to be completed. What is missing: %(words)s\n\nWe wait for it %(until)s.")
    tell(mine, _("Complete your application"), text % {"number": mine.number, "words": words, "until": until}, made)
    return mine


def pause_decision(mine: Application) -> None:
    """The month of the decision waits while the applicant completes; a month that is over cannot wait."""
    with contextlib.suppress(ClockRefused):
        pause_clock(rule=rules.DECISION, subject=mine.key, reason=_("The applicant completes the application."))


def resume_decision(mine: Application) -> None:
    """The month of the decision runs again, where it waits."""
    if Clock.objects.running().filter(rule_code=rules.DECISION, subject=mine.key).exists():
        resume_clock(rule=rules.DECISION, subject=mine.key)


@transaction.atomic
def answer_call(*, application: Application, words: str, person: Any = None, at: datetime | None = None) -> Application:
    """The applicant, or a clerk who got it on paper, says what was completed. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), at or database_now()
    if person is not None:
        rules.check_may(person, "enter", mine, now)
    rules.check_state(mine, ApplicationState.CALLED)
    words = rules.check_words(words)
    stop_clock(rule=rules.REPLY, subject=mine.key, event="answered")
    resume_decision(mine)
    mine.state = ApplicationState.SUBMITTED
    step(mine, ApplicationStep.Kind.ANSWERED, now, words=words, person=person)
    return mine


@transaction.atomic
def find_complete(*, application: Application, person: Any) -> Application:
    """Formally complete: everything is there and enough supporters count. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), database_now()
    rules.check_may(person, "check", mine, now)
    rules.check_state(mine, ApplicationState.SUBMITTED)
    found = supporting.standing(mine)
    rules.check_complete(mine, found.valid if found else 0, bool(found and found.waits))
    stop_clock(rule=rules.CALL, subject=mine.key, event="complete")
    mine.state = ApplicationState.COMPLETE
    made = step(mine, ApplicationStep.Kind.COMPLETE, now, person=person)
    if found:
        close_collection(collection=found.collection)
    text = _("Your application %(number)s is formally complete. The President decides now whether the consultation is held.")
    tell(mine, _("Your application is complete"), text % {"number": mine.number}, made)
    return mine
