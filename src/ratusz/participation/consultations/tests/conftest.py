"""People of the department, and a plan that lacks nothing but its launch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.foundation.files.factories import make_image
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.consultations import actions


@pytest.fixture
def editor(db):
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def head(db):
    return AppointmentFactory(role_code="head").person


def evidence(name: str = "zdjecie.jpg") -> SimpleUploadedFile:
    """A photo of a board."""
    return SimpleUploadedFile(name, make_image(), "image/jpeg")


def facts(**changed: Any) -> dict[str, Any]:
    """A plan of art. 5a: an ordinance of today, the first day in 14 days, 22 days long."""
    today = local_day(database_now())
    start = changed.pop("starts_on", today + timedelta(days=14))
    return {
        "title": "Próbny skwer przy szkole", "label": "formal", "modes": ["art5a"], "purpose": "Skwer ma służyć wszystkim.",
        "subject": "Nowy skwer.", "open_questions": "Ławki, drzewa i ścieżki.", "alternative": "Zostawić trawnik.",
        "decided_by": "Prezydent Miasta", "summary": "Robimy skwer. Zapytamy, jaki ma być. Napisz do nas.",
        "what_next": "Projekt powstanie zimą.", "target_group": "mieszkańcy dzielnicy", "contact": "pok. 100, tel. 32 000 00 00",
        "starts_on": start, "ends_on": start + timedelta(days=22), "order_number": "100/2026", "ordered_on": today, **changed,
    }  # fmt: skip


def make_plan(person: Any, **changed: Any):
    """A plan with an owner, the whole city and a remark box."""
    owner = UnitFactory()
    made = actions.begin_consultation(facts=facts(owner_unit=owner, owner_person=person, **changed), areas=[], person=person)
    actions.add_form(consultation=made, kind="remarks", facts={"title": "Uwagi"}, person=person)
    return made


def launch(person: Any, **changed: Any):
    """A consultation that was launched."""
    return actions.launch_consultation(consultation=make_plan(person, **changed), person=person)
