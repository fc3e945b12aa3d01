"""The meetings of the demo city are loaded once, with places, a waiting list and a series for every district."""

import pytest

from ratusz.casework.meetings.models import Meeting, Registration, Series
from ratusz.demo import meetings, people, territory
from ratusz.foundation.territory.models import District

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_meetings_are_loaded_once():
    for load in (territory.load, people.load, meetings.load, meetings.load):
        load(lambda words: None)
    assert Series.objects.get(title=meetings.CYCLE).meetings.count() == District.objects.count() == 22
    assert Series.objects.get(title=meetings.MODERATORS).meetings.count() >= 10
    standings = set(Registration.objects.values_list("standing", flat=True))
    assert {"confirmed", "waiting", "unconfirmed", "pending"} <= standings
    assert set(Meeting.objects.filter(state="announced").values_list("kind", flat=True)) == {
        "residents", "press_conference", "reception", "group",
    }  # fmt: skip
