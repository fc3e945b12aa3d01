"""What tests of signatures share: people with roles, codes read from the outbox, a thing to support."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ratusz.casework.signatures.factories import make_collection
from ratusz.casework.signatures.models import Collection
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit


def worker(role: str):
    unit = Unit.objects.the_department() or UnitFactory(is_department=True)
    return AppointmentFactory(role_code=role, unit=unit).person


@pytest.fixture
def coordinator(db):
    return worker("budget_coordinator")


@pytest.fixture
def clerks(db) -> list:
    """Three people at the desk who type."""
    return [worker("desk_officer") for _number in range(3)]


@pytest.fixture
def collection(db) -> Collection:
    return make_collection()


@pytest.fixture
def newest_code(db) -> Callable[[], str]:
    """The six digits of the newest code in the outbox."""

    def read() -> str:
        message = OutboxMessage.objects.filter(purpose="people.code").order_by("-pk").select_related("content").first()
        assert message is not None
        return re.findall(r"\b\d{6}\b", message.content.text)[-1]

    return read
