"""The demo city's minutes: published ones of two districts, one of them corrected, one that reviewers read; loading twice makes none twice."""

from __future__ import annotations

import pytest

from ratusz.casework.meetings.models import Minutes, Suggestion
from ratusz.demo import minutes
from ratusz.demo.people import load as load_people
from ratusz.foundation.territory.factories import DistrictFactory


@pytest.mark.django_db
@pytest.mark.slow
def test_two_districts_have_published_minutes_and_a_third_is_read_by_its_council(client):
    for name in ("Ligota-Panewniki", "Szopienice-Burowiec", "Załęże"):
        DistrictFactory(name=name)
    load_people(lambda words: None)
    for _time in range(2):
        minutes.load(lambda words: None)
    made = [(each.state, str(each.meeting.district), each.versions.count()) for each in Minutes.objects.order_by("pk")]
    assert made == [("published", "Ligota-Panewniki", 2), ("published", "Szopienice-Burowiec", 1), ("corrections", "Załęże", 0)]
    assert Suggestion.objects.filter(state="open").count() == 2
    page = client.get("/protokoly/").text
    assert page.count("Spotkanie Prezydenta z mieszkańcami") == 2
    first = client.get(f"/protokoly/{Minutes.objects.order_by('pk')[0].number.replace('/', '-').lower()}/").text
    assert "Poprawiono liczbę głosów" in first and "Mikrofon" not in first
