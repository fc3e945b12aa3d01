"""Research of the demo city: two waves compared, a card of the parking survey, invented numbers that say so."""

import pytest

from ratusz.demo import parking, research
from ratusz.demo.accounts import DOMAIN
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.surveys.models import ResearchCard

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_waves_and_cards_stand_on_their_pages(client):
    person = AppointmentFactory(role_code="editor", unit=UnitFactory(is_department=True)).person
    type(person).objects.filter(pk=person.pk).update(email=f"editor@{DOMAIN}")
    parking.load(lambda _words: None)
    for _turn in range(2):
        research.load(lambda _words: None)
    assert ResearchCard.objects.count() == 4
    page = client.get(ResearchCard.objects.filter(series__isnull=False).first().series.get_absolute_url()).content.decode()
    assert page.count("<svg xmlns") >= 3 and "brzmienie zmienione" in page and "(przykład)" in page
    card = client.get(ResearchCard.objects.get(task="roads").get_absolute_url()).content.decode().replace("\xa0", " ")
    assert "mieszkaniec (n = 1 271)" in card and "Wpis przykładowy" in card
