"""Decisions in words: the state as everybody reads it, the five words for staff, the sentence on moved days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.governance.decisions.ladder_pack import ladder
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.decisions import OPEN, OVERDUE, State


@dataclass(frozen=True)
class PublicState:
    """One state of the public page: its code in addresses, its words, the tone of its tag."""

    code: str
    words: Any
    tone: str = ""
    states: tuple[str, ...] = ()

    def q(self, day: date) -> Q:
        """Rows in this state on a day."""
        if self.code == LATE:
            return Q(OVERDUE, due_on__lt=day)
        if self.code == PAUSED:
            return Q(state__in=OPEN, suspended_at__isnull=False)
        found = Q(state__in=self.states)
        return found & Q(suspended_at=None) & ~Q(OVERDUE, due_on__lt=day) if set(self.states) & set(OPEN) else found


LATE, PAUSED = "po-terminie", "wstrzymane"
PUBLIC_STATES = (
    PublicState("przyjete", gettext_lazy("decided, waits for the unit"), "", (State.TAKEN, State.RETURNED)),
    PublicState("w-toku", gettext_lazy("in progress"), "strong", (State.IN_PROGRESS, State.REPORTED)),
    PublicState(LATE, gettext_lazy("past its day"), "late"),
    PublicState(PAUSED, gettext_lazy("suspended"), "marker"),
    PublicState("zrobione", gettext_lazy("done"), "good", (State.DONE,)),
    PublicState("zrobione-czesciowo", gettext_lazy("partly done"), "marker", (State.PARTLY_DONE,)),
    PublicState("nie-da-sie", gettext_lazy("cannot be done"), "", (State.NOT_FEASIBLE,)),
    PublicState("zmienione", gettext_lazy("changed or withdrawn"), "", (State.REPLACED, State.WITHDRAWN)),
)
BY_CODE = {each.code: each for each in PUBLIC_STATES}
_BY_STATE = {state: each for each in PUBLIC_STATES for state in each.states}


def public_state(decision: Decision, at: datetime) -> PublicState:
    """How everybody reads it; past its day before anything else."""
    if decision.is_overdue(at):
        return BY_CODE[LATE]
    if decision.is_open and decision.suspended_at is not None:
        return BY_CODE[PAUSED]
    return _BY_STATE[State(decision.state)]


def staff_state(decision: Decision) -> str:
    """One of the five words, with whose move it is."""
    if decision.state == State.DRAFT:
        return pgettext("state", "draft")
    if decision.is_open:
        is_with_office = decision.state in (State.RETURNED, State.REPORTED) or decision.suspended_at is not None
        return _("with: %(who)s") % {"who": _("President's office") if is_with_office else decision.lead_unit}
    return pgettext("state", "closed")


def days_in_words(decision: Decision, at: datetime) -> str:
    """ "termin 30 września 2026 r." and how it was moved."""
    if decision.due_on is None:
        return ""
    due = polish_date(decision.due_on)
    if decision.first_due_on and decision.first_due_on != decision.due_on:
        return _("due %(due)s, first due %(first)s") % {"due": due, "first": polish_date(decision.first_due_on)}
    return _("due %(due)s") % {"due": due}


def late_by(decision: Decision, at: datetime) -> int:
    """Whole days past the due day; 0 when it is not late."""
    return (local_day(at) - decision.due_on).days if decision.due_on and decision.is_overdue(at) else 0


def capital(words: str) -> str:
    """Words that begin a line."""
    return words[:1].upper() + words[1:]


def reminders_of(decision: Decision) -> list[dict[str, Any]]:
    """Reminders and escalations that went out, named as the pack names them; a step taken out of the pack keeps its code."""
    names = {step.code: step.name for step in ladder().steps}
    return [{"told_at": each.told_at, "words": names.get(each.step, each.step)} for each in decision.ladder_steps.all()]
