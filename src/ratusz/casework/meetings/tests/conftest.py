"""What tests of meetings share: a clock that is set, people with roles, and mail that was handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from ratusz.casework.meetings.actions import announcing, forgetting, planning, registering, telling, waiting
from ratusz.casework.meetings.actions.telling import tell_registered
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit


class Clock:
    """The database's clock of the actions, moved by hand."""

    def __init__(self, at: datetime):
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def to(self, at: datetime) -> None:
        self.at = at

    def on(self, **time: float) -> datetime:
        self.at += timedelta(**time)
        return self.at


@pytest.fixture
def clock(monkeypatch, db) -> Clock:
    """Actions of this module take the moment from here."""
    clock = Clock(database_now())
    for module in (announcing, forgetting, planning, registering, telling, waiting):
        monkeypatch.setattr(module, "database_now", clock)
    return clock


@pytest.fixture
def editor(db):
    """Somebody of the department who plans meetings."""
    unit = Unit.objects.the_department() or UnitFactory(is_department=True)
    return AppointmentFactory(role_code="editor", unit=unit).person


@pytest.fixture
def told(db) -> Callable[[], list[tuple[str, str]]]:
    """Hands over what waits, then (address, event) of every message so far, in order."""

    def said() -> list[tuple[str, str]]:
        while tell_registered():
            pass
        rows = OutboxMessage.objects.filter(dedup_key__startswith="meetings.").order_by("pk").select_related("address")
        return [(row.address.value.partition("@")[0], row.dedup_key.split(":")[2]) for row in rows]

    return said
