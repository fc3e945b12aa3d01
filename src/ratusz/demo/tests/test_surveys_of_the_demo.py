"""Surveys of the demo: every kind of question with answers and paper, one in parts with sectors; loaded twice they are the same."""

import pytest

from ratusz.demo import surveys
from ratusz.demo.accounts import DOMAIN
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.surveys.models import Answer, CardState, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.results.heard import comparisons


@pytest.mark.slow
@pytest.mark.django_db
def test_surveys_of_the_demo_are_answered_in_every_kind(client):
    AppointmentFactory(role_code="editor", person=UserFactory(email=f"editor@{DOMAIN}", is_staff=True))
    for _turn in range(2):
        surveys.load(lambda words: None)
    park, cars = (Survey.objects.get(slug=slug) for slug in (surveys.EVERY, surveys.PARKING))
    assert {item["kind"] for item in c.items_of(park.versions.get().content)} == {*c.KINDS} - {c.SECTORS, c.CONSENT}
    assert Answer.objects.filter(survey=park).count() == surveys.ANSWERS
    assert park.paper_batches.get().paper_cards.filter(state=CardState.ONCE).count() == 1
    assert [each.trait.name for each in comparisons(park, database_now())][-2:] == ["age", "sex"]
    for survey, language in ((park, "pl"), (park, "uk"), (cars, "pl")):
        assert client.get(f"/ankieta/{survey.slug}/{language}/").status_code == 200
