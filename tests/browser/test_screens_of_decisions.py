"""Decisions of the President in a real browser, with the demo city's own: nothing refused, too wide or out of reach."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.demo import decisions, people, territory, website
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.governance.decisions.models import Decision
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STAFF = ("", "nowe/", "raport/", "interpelacje/", "interpelacje/nowa/")


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1440])
def test_screens(transactional_db, live_server, staff_client, width):
    for load in (territory.load, people.load, website.load_portal, decisions.load):
        load(lambda words: None)
    cards = [Decision.objects.get(title=title).get_absolute_url() for title in _titles()]
    letter = OutboxMessage.objects.filter(purpose="decisions.unit").latest("pk")
    link = next(word for word in letter.content.text.split() if "/ustalenia/jednostka/" in word)
    public = ("/ustalenia/", "/ustalenia/?stan=po-terminie", *cards, f"{cards[1]}obserwuj/", link[link.index("/ustalenia/") :])
    running = Decision.objects.get(title="Stojaki na rowery przy basenie")
    staff = [*STAFF, f"{running.pk}/", f"{Decision.objects.get(title=_titles()[0]).pk}/"]
    client = staff_client("presidents_secretariat")
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    seen, host = Seen(), urlsplit(live_server.url).netloc
    with browser() as chromium:
        with watched_page(chromium, seen, width=width, host=host, locale="pl-PL") as page:
            for path in public:
                page.goto(live_server.url + path)
                _look(page, seen, path, width)
        with watched_page(chromium, seen, width=width, host=host, cookies=[cookie], locale="pl-PL") as page:
            for path in staff:
                page.goto(f"{live_server.url}/admin/ustalenia/{path}")
                _look(page, seen, f"/admin/ustalenia/{path}", width)
    assert seen.problems == []


def _titles() -> list[str]:
    """One met, one extended, one late."""
    return ["Ławki na skwerze przy stacji", "Wymiana wodociągu w trzech ulicach", "Równy chodnik do przychodni"]


def _look(page, seen, path, width) -> None:
    if folder := os.environ.get("DECISIONS_PICTURES"):
        page.screenshot(path=f"{folder}/{width}{path.split('?')[0].replace('/', '_')[:60]}.png", full_page=True)
    if too_wide := page.evaluate(WIDTH):
        seen.add(path, f"{too_wide} px wide")
    for refused in refused_by_policy(page):
        seen.add(path, f"refused by policy: {refused}")
    if not path.startswith("/admin/"):
        for problem in axe_problems(page):
            seen.add(path, problem)
