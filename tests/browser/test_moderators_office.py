"""The moderators' office in a real browser, on a telephone and on a desk: places, one place, roster, words, load, faults, months."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.casework.moderation.factories import PLACE, Threads
from ratusz.casework.moderation.models import MonthTable
from ratusz.casework.moderation.registries import place_kinds
from ratusz.demo import intranet, moderation, moderators, people
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCREENS = ("", "miejsca/", f"miejsca/{PLACE}:1/", "dyzury/", "slowa/", "obciazenie/", "usterki/", "miesiace/")


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1440])
def test_every_screen_of_the_office_fits_and_is_read(transactional_db, live_server, staff_client, monkeypatch, width):
    threads = Threads()
    monkeypatch.setitem(place_kinds._entries, PLACE, threads.kind)
    for load in (people.load, intranet.load, moderation.load):
        load(lambda words: None)
    threads.open(unit=Unit.objects.get(short_name="KST"))
    threads.open(2, ends_at=database_now() + timedelta(days=30))
    moderators.load(lambda words: None)
    client, name = staff_client("lead_moderator", unit=Unit.objects.get(short_name="KS")), settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    month = f"{MonthTable.objects.first().month:%Y-%m}"
    seen, host = Seen(), urlsplit(live_server.url).netloc
    public = ["/zasady-moderacji/", "/zasady-moderacji/miesiace/", f"/zasady-moderacji/miesiace/{month}/"]
    with browser() as chromium, watched_page(chromium, seen, width=width, host=host, cookies=[cookie], locale="pl-PL") as page:
        for path in (*public, *(f"/admin/moderacja/{each}" for each in SCREENS)):
            page.goto(live_server.url + path)
            if too_wide := page.evaluate(WIDTH):
                seen.add(path, f"{too_wide} px wide")
            for refused in refused_by_policy(page):
                seen.add(path, f"refused by policy: {refused}")
            if path in public:
                for problem in axe_problems(page):
                    seen.add(path, problem)
    assert seen.problems == []
