"""Which clocks run on voices and requests of meetings: by what rule, until which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings.models import Outcome
from ratusz.foundation.kit.dates import local_day

RULE_OF = {
    Outcome.FOLLOW_UP: "meetings.follow_up",
    Outcome.APPLICATION: "meetings.application",
    Outcome.COMPLAINT: "meetings.complaint",
    Outcome.INFORMATION: "public_information.answer",
}
TARGET_OF = {
    Outcome.DECISION: "decisions.decision",
    Outcome.INFORMATION: "requests.information",
    Outcome.REMARK: "remarks.remark",
    Outcome.IDEA: "budget.idea",
}
"""Where an outcome goes once an upper module has registered there. A decision cannot be without it; the others wait here."""


def due_days(things: Iterable[Any]) -> dict[str, date]:
    """Key of a voice or a request -> the last day of its running clock; one query."""
    keys = [each.key for each in things]
    running = Clock.objects.running().filter(subject__in=keys, due_at__isnull=False)
    return {clock.subject: local_day(clock.due_at - timedelta(microseconds=1)) for clock in running if clock.due_at}
