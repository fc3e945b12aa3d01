"""Turns of duty for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ratusz.coordination.desk import actions
from ratusz.coordination.desk.models import DutyTurn
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory


def make_duty(**facts: Any) -> DutyTurn:
    """An editor of the department on duty from now for a day, set by a head; `facts` change it."""
    at = database_now()
    given = {"kind": "editing", "starts": at, "ends": at + timedelta(days=1)} | facts
    unit = UnitFactory(is_department=True) if not {"person", "on_duty"} <= given.keys() else None
    given.setdefault("person", unit and AppointmentFactory(role_code="head", unit=unit).person)
    given.setdefault("on_duty", unit and AppointmentFactory(role_code="editor", unit=unit).person)
    return actions.set_duty(**given)
