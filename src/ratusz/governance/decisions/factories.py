"""Decisions for tests, benches and the demo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import User
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.models import Decision


def in_days(days: int) -> date:
    """That many days from today in the city."""
    return local_day(database_now()) + timedelta(days=days)


def make_office() -> User:
    """Somebody of the President's office."""
    made: Any = AppointmentFactory(role_code="presidents_secretariat", unit=UnitFactory(), person=UserFactory(is_staff=True))
    return made.person


def make_head(unit: Unit) -> User:
    """The head of a unit."""
    made: Any = AppointmentFactory(role_code="head", unit=unit)
    return made.person


def make_draft(person: User | None = None, helpers: Any = (), **facts: Any) -> Decision:
    """A draft with a unit, a day in thirty days and public words."""
    start = {
        "title": "Ławki na skwerze", "text": "Ustawić pięć ławek z oparciem.", "public_text": "Ustawimy pięć ławek z oparciem.",
        "asked_words": "Na skwerze nie ma gdzie usiąść.", "due_on": in_days(30),
    }  # fmt: skip
    if "lead_unit" not in facts:
        start["lead_unit"] = UnitFactory()
    return actions.draft_decision(facts=start | facts, person=person, helpers=helpers, trusted=True)


def make_taken(office: User | None = None, **facts: Any) -> Decision:
    """Taken, waiting for its unit."""
    return actions.take_decision(decision=make_draft(**facts), person=office or make_office())


def make_running(office: User | None = None, **facts: Any) -> tuple[Decision, User]:
    """In progress, with the head of its unit, who is in charge."""
    decision = make_taken(office, **facts)
    assert decision.lead_unit is not None
    head = make_head(decision.lead_unit)
    return actions.accept_decision(decision=decision, person=head, first_step="Wizja na miejscu"), head


def page_proof(**facts: Any) -> dict[str, Any]:
    """Evidence that needs no file."""
    return {"kind": "page", "label": "Ogłoszenie o odbiorze", "url": "https://katowice.example/odbior", "is_public": True} | facts


def make_reported(office: User | None = None, **facts: Any) -> tuple[Decision, User]:
    """Reported as done, waiting for acceptance."""
    decision, head = make_running(office, **facts)
    actions.report_decision(decision=decision, end="done", text="Pięć ławek stoi.", evidence=[page_proof()], person=head)
    decision.refresh_from_db()
    return decision, head
