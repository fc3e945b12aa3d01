"""What tests of opinion ballots share: two districts with a street each, a consultation of one of them, people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import search_key
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import AddressRange, Street
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.consultations.models import Area
from ratusz.participation.polls.factories import make_poll


def street(name, district):
    made = Street.objects.create(name=name, key=search_key(name), sort_key=name)
    AddressRange.objects.create(street=made, district=district)


@pytest.fixture
def koszutka(db):
    inside, outside = DistrictFactory(name="Koszutka"), DistrictFactory(name="Ligota-Panewniki")
    street("Grażyńskiego", inside)
    street("Panewnicka", outside)
    return inside


@pytest.fixture
def poll(koszutka):
    consultation = ConsultationFactory(running=True)
    area = Area.objects.create(consultation=consultation, kind="district", name="Koszutka", district=koszutka)
    return make_poll(consultation, area=area)


@pytest.fixture
def past(koszutka):
    """As in 2023: announced in January, 6 to 19 February."""
    consultation = ConsultationFactory(starts_on=date(2023, 2, 6), ends_on=date(2023, 2, 19), announced_at=database_now())
    area = Area.objects.create(consultation=consultation, kind="district", name="Koszutka", district=koszutka)
    return make_poll(consultation, area=area)


@pytest.fixture
def head(db):
    return AppointmentFactory(role_code="head").person


@pytest.fixture
def editor(db):
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def desk(db):
    return AppointmentFactory(role_code="desk_officer").person


def end(poll):
    """The last day was yesterday."""
    consultation = poll.form.consultation
    consultation.ends_on = consultation.ends_on.today() - timedelta(days=1)
    consultation.save()
    return poll
