"""Decisions of the President in a real browser, with the demo city's own: nothing refused, too wide or out of reach."""

from __future__ import annotations

import pytest

from ratusz.demo import decisions, people, territory, website
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.governance.decisions.models import Decision
from tests.browser.walking import cookies_of, walk
from tests.harness.browser import Seen, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STAFF = ("", "nowe/", "raport/", "interpelacje/", "interpelacje/nowa/")


@pytest.mark.long
def test_screens(transactional_db, live_server, staff_client):
    for load in (territory.load, people.load, website.load_portal, decisions.load):
        load(lambda words: None)
    cards = [Decision.objects.get(title=title).get_absolute_url() for title in _titles()]
    letter = OutboxMessage.objects.filter(purpose="decisions.unit").latest("pk")
    link = next(word for word in letter.content.text.split() if "/ustalenia/jednostka/" in word)
    public = ("/ustalenia/", "/ustalenia/?stan=po-terminie", *cards, f"{cards[1]}obserwuj/", link[link.index("/ustalenia/") :])
    running = Decision.objects.get(title="Stojaki na rowery przy basenie")
    staff = [f"/admin/ustalenia/{each}" for each in (*STAFF, f"{running.pk}/", f"{Decision.objects.get(title=_titles()[0]).pk}/")]
    seen = Seen()
    with browser() as chromium:
        walk(chromium, seen, live_server.url, public)
        walk(chromium, seen, live_server.url, staff, cookies_of(staff_client("presidents_secretariat"), live_server.url))
    assert seen.problems == []


def _titles() -> list[str]:
    """One met, one extended, one late."""
    return ["Ławki na skwerze przy stacji", "Wymiana wodociągu w trzech ulicach", "Równy chodnik do przychodni"]
