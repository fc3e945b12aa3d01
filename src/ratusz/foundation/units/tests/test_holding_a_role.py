"""Who holds a role: within the period, in the unit and below it, in their own name or standing in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.rules import holds_role

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_a_role_is_held_from_its_start_up_to_its_end():
    person = AppointmentFactory(role_code="moderator", starts=START, ends=END).person
    held = [holds_role(person, "moderator", "editor", at=at) for at in (START - MOMENT, START, END - MOMENT, END)]
    assert held == [False, True, True, False]


def test_only_the_named_roles_count():
    person = AppointmentFactory(role_code="moderator").person
    assert not holds_role(person, "editor", at=START)


def test_an_appointment_covers_the_units_below():
    department = UnitFactory()
    office, other = UnitFactory(parent=department), UnitFactory()
    person = AppointmentFactory(role_code="head", unit=department).person
    assert [holds_role(person, "head", at=START, unit=unit) for unit in (department, office, other)] == [True, True, False]
    assert not holds_role(AppointmentFactory(role_code="head", unit=office).person, "head", at=START, unit=department)


def test_a_stand_in_acts_while_both_appointments_are_in_force():
    head = AppointmentFactory(role_code="head", starts=START, ends=END)
    stand_in = AppointmentFactory(role_code="head", unit=head.unit, standing_in_for=head, starts=START + timedelta(days=5))
    days = (START, START + timedelta(days=5), END)
    assert [holds_role(stand_in.person, "head", at=at) for at in days] == [False, True, False]


def test_nobody_and_the_disabled_hold_no_role():
    person = AppointmentFactory(role_code="head").person
    person.is_active = False
    person.save()
    assert not holds_role(person, "head", at=START)
    assert not holds_role(AnonymousUser(), "head", at=START)
    assert not holds_role(UserFactory(is_superuser=True), "administrator", at=START)


@pytest.mark.parametrize("ends", [START, START - MOMENT])
def test_the_database_refuses_a_period_that_ends_before_it_starts(ends):
    with pytest.raises(IntegrityError, match="appointment_ends_after_it_starts"):
        AppointmentFactory(starts=START, ends=ends)
