"""The demo's idea surveys and education load whole, and once."""

import pytest

from ratusz.demo import accounts, ideas
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget.factories import EditionFactory
from ratusz.participation.projects.models import IdeaSurvey, IdeaWords

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_the_demo_has_a_survey_that_goes_on_and_one_that_is_over():
    """With an urn whose cards are entered, and words that were let out; loaded again nothing is added."""
    AppointmentFactory(role_code="budget_coordinator", person=UserFactory(email=f"budget-coordinator@{accounts.DOMAIN}"))
    for number, shown in ((21, "pokaz: nabór"), (22, "pokaz: ocena formalna")):
        EditionFactory(number=number, demonstrates=shown, state="open", opened_at=database_now(), rules_hash="0" * 64)
    for _twice in range(2):
        ideas.load(lambda words: None)
    found = [
        (each.is_over(database_now()), each.urns.get().answers.count()) for each in IdeaSurvey.objects.order_by("edition__number")
    ]
    assert found == [(False, ideas.CARDS - 4), (True, ideas.CARDS)] and IdeaWords.objects.exclude(shown_at=None).count() == 4
