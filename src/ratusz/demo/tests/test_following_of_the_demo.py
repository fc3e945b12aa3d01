"""The demo city has topics, pages of units, the civic guide and followers; loading it again changes nothing."""

from __future__ import annotations

import pytest

from ratusz.demo import following, people, territory, website
from ratusz.publishing.following.models import Banner, Follow
from ratusz.publishing.website.models import GuidePage, Topic, UnitProfile, WireItem

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def counts() -> list[int]:
    return [model.objects.count() for model in (Topic, UnitProfile, GuidePage, WireItem, Follow, Banner)]


def test_it_is_loaded_once(client):
    for load in (territory.load, people.load, website.load_portal, following.load):
        load(lambda words: None)
    first = counts()
    following.load(lambda words: None)
    assert counts() == first and first[:3] == [10, 6, 6] and min(first) > 0
    for path in (
        "/jak-dzialac/",
        "/jak-dzialac/projekt-uchwaly-od-mieszkancow/",
        "/tematy/kultura/",
        "/komorki/mzuim/",
        "/kanaly/",
    ):
        assert client.get(path).status_code == 200
