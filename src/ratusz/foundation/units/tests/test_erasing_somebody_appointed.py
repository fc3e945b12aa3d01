"""Whoever is erased is appointed to nothing any more; that they once were stays as history."""

from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.actions.privacy import erase_person
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.foundation.units.models import Appointment

pytestmark = pytest.mark.django_db


def test_an_erasure_ends_what_runs_and_what_has_not_begun_and_leaves_what_is_over():
    now, person = database_now(), UserFactory()
    other = AppointmentFactory()
    over = AppointmentFactory(person=person, starts=now - timedelta(days=9), ends=now - timedelta(days=8))
    runs = AppointmentFactory(person=person, starts=now - timedelta(days=2))
    coming = AppointmentFactory(person=person, starts=now + timedelta(days=2))
    erase_person(person=person, reason="wniosek")
    ends = dict(Appointment.objects.values_list("pk", "ends"))
    assert now <= ends[runs.pk] <= database_now()
    assert {pk: ends[pk] for pk in (other.pk, over.pk, coming.pk)} == {
        other.pk: None, over.pk: over.ends, coming.pk: coming.starts + timedelta(microseconds=1),
    }  # fmt: skip
    person.refresh_from_db()
    assert (person.is_staff, person.groups.count()) == (False, 0)
