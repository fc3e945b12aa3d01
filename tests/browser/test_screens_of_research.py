"""Research in a real browser, with the demo city's own cards: nothing refused, too wide or out of reach."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.demo import parking, people, research
from ratusz.participation.surveys.models import ResearchCard
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_screens(transactional_db, live_server, staff_client):
    for load in (people.load, parking.load, research.load):
        load(lambda words: None)
    card = ResearchCard.objects.filter(series__isnull=False).order_by("-ends_on").first()
    own = ResearchCard.objects.get(task="roads")
    public = ("/badania/", card.get_absolute_url(), own.get_absolute_url(), card.series.get_absolute_url())
    staff = ("", "nowe/", f"{card.pk}/", f"{card.pk}/wyniki/", f"{card.pk}/porownanie/", f"{card.pk}/co-zrobiono/")
    client = staff_client("head")
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    seen, host = Seen(), urlsplit(live_server.url).netloc
    with browser() as chromium:
        for width in (390, 1440):
            with watched_page(chromium, seen, width=width, host=host, locale="pl-PL") as page:
                for path in public:
                    page.goto(live_server.url + path)
                    _look(page, seen, path, width)
            with watched_page(chromium, seen, width=width, host=host, cookies=[cookie], locale="pl-PL") as page:
                for path in staff:
                    page.goto(f"{live_server.url}/admin/badania/{path}")
                    _look(page, seen, f"/admin/badania/{path}", width)
    assert seen.problems == []


def _look(page, seen, path, width) -> None:
    if folder := os.environ.get("RESEARCH_PICTURES"):
        page.screenshot(path=f"{folder}/{width}{path.replace('/', '_')[:60]}.png", full_page=True)
    if too_wide := page.evaluate(WIDTH):
        seen.add(path, f"{too_wide} px wide at {width}")
    for refused in refused_by_policy(page):
        seen.add(path, f"refused by policy: {refused}")
    if not path.startswith("/admin/"):
        for problem in axe_problems(page):
            seen.add(path, f"{problem} at {width}")
