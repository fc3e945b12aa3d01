"""A page closed to the public shows nowhere: no list, feed, search, section or sitemap tells its title."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction

from ratusz.foundation.territory.actions import load_districts
from ratusz.foundation.territory.models import District
from ratusz.publishing.website.actions import index_page
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.wire.actions import sync_wire

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PLACES = [
    "/", "/aktualnosci/", "/kanaly/aktualnosci.atom", "/kanaly/dzielnice/giszowiec.json", "/kanaly/wszystko.json", "/dzielnice/giszowiec/", "/sitemap.xml",
    "/szukaj/?q=krotko",
]  # fmt: skip


@pytest.fixture
def closed_news():
    load_districts()
    homes = make_portal()
    news = make_news(homes, 1, title="Tajemnica placu")
    news.districts = [District.objects.get(slug="giszowiec")]
    news.save()
    index_page(page=news)
    return news


def places_that_name(client, title):
    return [place for place in PLACES if title in client.get(place).content.decode()]


@pytest.mark.parametrize("above", [False, True])
def test_news_closed_after_publishing_shows_nowhere(client, closed_news, above):
    open_places = places_that_name(client, "Tajemnica placu")
    assert len(open_places) == len(PLACES) - 1, "everywhere but in the sitemap, which names addresses"
    closed = closed_news.get_parent() if above else closed_news
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert places_that_name(client, "Tajemnica placu") == []
    assert closed_news.slug not in client.get("/sitemap.xml").content.decode()


def test_a_control_character_in_a_title_leaves_the_feed_readable(client):
    make_news(make_portal(), 1, title="Plac\x0b\x1b otwarty")
    sync_wire()
    feed = ElementTree.fromstring(client.get("/kanaly/aktualnosci.atom").content)
    assert [title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")][1:] == ["Plac otwarty"]
