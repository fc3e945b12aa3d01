"""The demo city has a consultation under way, one being planned, and an invented one whose report is late and red by itself."""

from datetime import timedelta

import pytest

from ratusz.demo import consultations as demo
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.models import Consultation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_three_consultations_stand_in_their_stages_once(client, monkeypatch):
    monkeypatch.setattr(demo, "DOMAIN", "example.pl")
    person = AppointmentFactory(role_code="head").person
    type(person).objects.filter(pk=person.pk).update(email="head@example.pl")
    UnitFactory(short_name="ZZM")
    for number in (2, 3, 4):
        DistrictFactory(number=number)
    for _twice in range(2):
        demo.load(lambda words: None)
    day = local_day(database_now())
    stages = {each.title: rules.stage_of(each, day) for each in Consultation.objects.all()}
    assert stages.pop(demo.RUNNING) in ("running", "announced")
    assert stages == {demo.PLANNED: "plan", demo.LATE: "overdue"}
    page = client.get(Consultation.objects.get(title=demo.LATE).get_absolute_url()).content.decode()
    assert "raport po terminie o 5 dni" in page and "zmyślony" in page
    for ago, words in ((30, "raport: termin dziś"), (31, "raport po terminie o 1 dzień")):
        ended = day - timedelta(days=ago)
        Consultation.objects.filter(title=demo.LATE).update(starts_on=ended - timedelta(days=20), ends_on=ended)
        late = Consultation.objects.get(title=demo.LATE)
        assert words in client.get(late.get_absolute_url()).content.decode(), "no job is run in between"
