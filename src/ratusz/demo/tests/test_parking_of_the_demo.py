"""The parking survey of 2021 in the demo city: its public numbers, groups apart, 42 sectors on a map and in a table."""

import pytest
from django.urls import reverse

from ratusz.demo import parking
from ratusz.demo.accounts import DOMAIN
from ratusz.foundation.people.models import User
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.results import reading

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_1271_residents_57_firms_and_7_institutions_stand_apart(client):
    User.objects.create(email=f"editor@{DOMAIN}", is_staff=True)
    UnitFactory()
    for _turn in range(2):
        parking.load(lambda _words: None)
    found = reading.results(Survey.objects.get(slug=parking.SLUG))
    assert [(group.name, group.answers) for group in found] == [("mieszkaniec", 1271), ("firma", 57), ("instytucja", 7)]
    residents = found[0]
    sectors = residents.tables[0].lines
    assert len(sectors) == 42 and all(0.75 <= line.counts[0] / line.base <= 0.97 for line in sectors)
    rates = residents.tables[1].lines
    assert rates[0].counts[0] > 1271 / 2
    page = client.get(reverse("surveys:results", args=[parking.SLUG])).content.decode()
    assert page.count('<svg class="places__svg"') == 3 and "To 0,5% osób, których sprawa dotyczy" in page.replace("\xa0", " ")
    assert "4 lipca 2021 r." in page.replace("\xa0", " ") and "5 lipca" not in page
