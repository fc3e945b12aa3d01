"""Initiatives that wait for the department, and sessions that hear them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.registries import Move
from ratusz.participation.initiatives import rules
from ratusz.participation.initiatives.models import Initiative, InitiativeState

MOST = 50


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """To check the filed draft, to put the valid one on an agenda."""
    if not rules.may(person, "handle", None, at):
        return
    waiting = (InitiativeState.FILED, InitiativeState.VALID)
    found = list(Initiative.objects.filter(state__in=waiting).order_by("filed_at")[:MOST])
    clocks = Clock.objects.running().filter(subject__in=[each.key for each in found])
    due = dict(clocks.values_list("subject", "due_at"))
    for mine in found:
        words = _("Check the draft of residents: %(what)s")
        if mine.state == InitiativeState.VALID:
            words = _("Put the draft of residents on an agenda: %(what)s")
        url = reverse("initiatives_initiative", args=[mine.pk])
        yield Move(words % {"what": mine}, url, since=mine.filed_at, due_at=due.get(mine.key), kind="initiatives")
