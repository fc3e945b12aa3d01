"""Applications in each stage, for tests and the demo."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ratusz.casework.deadlines.actions import stop_clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.applications import actions, rules
from ratusz.participation.consultations.models import Application, ApplicationState

FACTS: dict[str, Any] = {
    "initiator": "residents",
    "title": "Próbny plac zabaw przy szkole",
    "subject": "Co ma stanąć na placu i gdzie ma być wejście.",
    "reasons": "Plac jest zamknięty od roku, a dzieci bawią się na parkingu.",
    "scope_words": "rodziny z okolicy szkoły",
    "contact_name": "Jan Próbny",
    "forms": ["open_meeting"],
}
CITY = {"kind": "city", "name": "całe miasto", "district": None, "shape": None}


def make_worker(role: str) -> Any:
    """A person with a role in the department."""
    unit = Unit.objects.the_department() or UnitFactory(is_department=True)
    return AppointmentFactory(role_code=role, unit=unit).person


def make_application(
    *, submitted: bool = False, complete: bool = False, areas: Sequence[Any] = (), email: str = "wniosek@example.pl",
    person: Any = None, received_on: date | None = None, **facts: Any,
) -> Application:  # fmt: skip
    """A draft; `submitted` one at the Office; `complete` one that waits for the decision, without its supporters being counted.

    Without `email` it came on paper.
    """
    said, places, key = FACTS | facts, list(areas or [CITY]), uuid.uuid4()
    if email and received_on is None:
        mine = actions.save_draft(facts=said, areas=places, email=email, form_key=key)
        if submitted or complete:
            mine = actions.submit_application(application=mine)
    else:
        day = received_on or local_day(database_now())
        mine = actions.enter_application(
            facts=said, areas=places, received_on=day, channel="paper", email=email, form_key=key,
            person=person or make_worker("editor"),
        )  # fmt: skip
    if complete:
        Application.objects.filter(pk=mine.pk).update(state=ApplicationState.COMPLETE)
        stop_clock(rule=rules.CALL, subject=mine.key, event="complete")
        mine.refresh_from_db()
    return mine


def moved_back(application: Application, moment: datetime) -> Application:
    """As if it had been submitted at that moment, for the demo's history."""
    Application.objects.filter(pk=application.pk).update(made_at=moment, submitted_at=moment)
    application.refresh_from_db()
    return application
