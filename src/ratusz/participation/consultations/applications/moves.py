"""Applications that wait for the department, each with its term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.registries import Move
from ratusz.participation.consultations.applications import rules
from ratusz.participation.consultations.models import Application, ApplicationState

MOST = 50
WAITS = {ApplicationState.SUBMITTED: "check", ApplicationState.COMPLETE: "decide", ApplicationState.APPEALED: "note"}
"""State to the right of whoever has the move."""
RULES = {
    ApplicationState.SUBMITTED: rules.CALL,
    ApplicationState.COMPLETE: rules.DECISION,
    ApplicationState.APPEALED: rules.COUNCIL,
}


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """To check, to decide, to hand to the Council."""
    states = [state for state, deed in WAITS.items() if rules.may(person, deed, None, at)]
    if not states:
        return
    found = list(Application.objects.filter(state__in=states).order_by("submitted_at")[:MOST])
    clocks = Clock.objects.running().filter(subject__in=[each.key for each in found])
    due = {(each.subject, each.rule_code): each.due_at for each in clocks}
    for mine in found:
        state = ApplicationState(mine.state)
        yield Move(
            _words(state) % {"what": mine}, reverse("consultation_application", args=[mine.pk]), since=mine.submitted_at,
            due_at=due.get((mine.key, RULES[state]), due.get((mine.key, rules.DECISION))), kind="consultations",
        )  # fmt: skip


def _words(state: ApplicationState) -> str:
    if state == ApplicationState.SUBMITTED:
        return _("Check the application: %(what)s")
    if state == ApplicationState.COMPLETE:
        return _("Write down the decision on the application: %(what)s")
    return _("Hand the appeal to the City Council: %(what)s")
