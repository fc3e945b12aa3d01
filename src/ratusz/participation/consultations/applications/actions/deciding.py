"""The decision: an accepted application becomes a consultation with all that was written in it; a refusal may be appealed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import stop_clock
from ratusz.casework.signatures.actions import end_collection
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.participation.consultations.applications import rules
from ratusz.participation.consultations.applications.actions.steps import locked, run, step, tell
from ratusz.participation.consultations.models import Application, ApplicationState, ApplicationStep, Consultation
from ratusz.participation.consultations.models.applications import OPEN
from ratusz.participation.consultations.planned.actions import make_planned

MODE = "art5a"
"""Of a consultation that residents applied for; the plan may add others."""


@transaction.atomic
def accept_application(*, application: Application, words: str, person: Any, unit: Any = None) -> Application:
    """The President accepts: a planned consultation is made of it at once. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), database_now()
    rules.check_may(person, "decide", mine, now)
    rules.check_state(mine, ApplicationState.COMPLETE)
    words = rules.check_words(words)
    mine.unit = unit or mine.unit
    become_consultation(mine, person)
    mine.state, mine.decided_at = ApplicationState.ACCEPTED, now
    stop_clock(rule=rules.DECISION, subject=mine.key, event="accepted")
    made = step(mine, ApplicationStep.Kind.ACCEPTED, now, words=words, person=person)
    end_collection(subject=mine.key)
    text = _("The President accepts your application %(number)s. The consultation is being planned.\n\n%(words)s")
    tell(mine, _("Your application is accepted"), text % {"number": mine.number, "words": words}, made)
    return mine


def become_consultation(mine: Application, person: Any) -> Consultation:
    """A planned consultation with what the application says; within the caller's transaction."""
    facts = {
        "title": mine.title, "subject": mine.subject, "purpose": mine.reasons, "target_group": mine.scope_words,
        "label": Consultation.Label.FORMAL, "modes": [MODE], "owner_unit": mine.unit,
    }  # fmt: skip
    areas = [{name: getattr(each, name) for name in ("kind", "name", "district", "shape")} for each in mine.areas.all()]
    mine.consultation = make_planned(facts=facts, areas=areas, forms=mine.forms, person=person)
    return mine.consultation


@transaction.atomic
def refuse_application(*, application: Application, words: str, person: Any) -> Application:
    """The President refuses with reasons; by e-mail it is received at once and the appeal's days run.

    Raises NotYours, ApplicationRefused.
    """
    mine, now = locked(application), database_now()
    rules.check_may(person, "decide", mine, now)
    rules.check_state(mine, *OPEN)
    words = rules.check_reasons(words, now)
    mine.state, mine.decided_at = ApplicationState.REFUSED, now
    stop_clock(rule=rules.DECISION, subject=mine.key, event="refused")
    stop_clock(rule=rules.CALL, subject=mine.key, event="decided")
    stop_clock(rule=rules.REPLY, subject=mine.key, event="lapsed")
    due_at = None
    if mine.contact is not None:
        mine.delivered_at, due_at = now, run(mine, rules.APPEAL, now).due_at
    made = step(mine, ApplicationStep.Kind.REFUSED, now, words=words, person=person, due_at=due_at)
    text = _(
        "The President refuses your application %(number)s.\n\n%(words)s\n\n"
        "You may appeal to the City Council %(until)s: on your page."
    )
    told = text % {"number": mine.number, "words": words, "until": polish_until(due_at) if due_at else ""}
    tell(mine, _("Your application is refused"), told, made)
    return mine
