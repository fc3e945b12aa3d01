"""Research in a real browser, with the demo city's own cards: nothing refused, too wide or out of reach."""

from __future__ import annotations

import pytest

from ratusz.demo import parking, people, research
from ratusz.participation.surveys.models import ResearchCard
from tests.browser.walking import cookies_of, walk
from tests.harness.browser import Seen, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_screens(transactional_db, live_server, staff_client):
    for load in (people.load, parking.load, research.load):
        load(lambda words: None)
    card = ResearchCard.objects.filter(series__isnull=False).order_by("-ends_on").first()
    own = ResearchCard.objects.get(task="roads")
    public = ("/badania/", card.get_absolute_url(), own.get_absolute_url(), card.series.get_absolute_url())
    inside = ("", "nowe/", f"{card.pk}/", f"{card.pk}/wyniki/", f"{card.pk}/porownanie/", f"{card.pk}/co-zrobiono/")
    staff = [f"/admin/badania/{each}" for each in inside]
    seen, cookies = Seen(), cookies_of(staff_client("head"), live_server.url)
    with browser() as chromium:
        walk(chromium, seen, live_server.url, public)
        walk(chromium, seen, live_server.url, staff, cookies)
    assert seen.problems == []
