"""What tests of remarks share: a box that takes remarks, people who run, enter, answer and approve."""

from __future__ import annotations

import pytest

from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.remarks.factories import make_form


@pytest.fixture
def form(db):
    return make_form(is_read_before=False)


@pytest.fixture
def editor(db):
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def head(db):
    return AppointmentFactory(role_code="head").person


@pytest.fixture
def desk(db):
    return AppointmentFactory(role_code="desk_officer").person


@pytest.fixture
def parks(db):
    """A unit with somebody who answers for it."""
    unit = UnitFactory(name="Zakład Zieleni Próbnej", short_name="ZZP")
    unit.writer = AppointmentFactory(role_code="unit_editor", unit=unit).person
    return unit
