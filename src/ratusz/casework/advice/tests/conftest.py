"""What tests of advice share: a point open all day, people who serve and manage, codes read from the outbox."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ratusz.casework.advice.factories import make_point
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory


@pytest.fixture
def point(db):
    return make_point()


@pytest.fixture
def adviser(db):
    return AppointmentFactory(role_code="desk_officer").person


@pytest.fixture
def coordinator(db):
    return AppointmentFactory(role_code="budget_coordinator").person


@pytest.fixture
def newest_code(db) -> Callable[[], str]:
    """The six digits of the newest code in the outbox."""

    def read() -> str:
        message = OutboxMessage.objects.filter(purpose="people.code").order_by("-pk").select_related("content").first()
        assert message is not None
        return re.findall(r"\b\d{6}\b", message.content.text)[-1]

    return read
