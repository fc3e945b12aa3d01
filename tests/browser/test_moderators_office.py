"""The moderators' office in a real browser, on a telephone and on a desk: places, one place, roster, words, load, faults, months."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.casework.moderation.factories import PLACE, Threads
from ratusz.casework.moderation.models import MonthTable
from ratusz.casework.moderation.registries import place_kinds
from ratusz.demo import intranet, moderation, moderators, people
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from tests.browser.walking import cookies_of, walk
from tests.harness.browser import Seen, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCREENS = ("", "miejsca/", f"miejsca/{PLACE}:1/", "dyzury/", "slowa/", "obciazenie/", "usterki/", "miesiace/")


@pytest.mark.long
def test_every_screen_of_the_office_fits_and_is_read(transactional_db, live_server, staff_client, monkeypatch):
    threads = Threads()
    monkeypatch.setitem(place_kinds._entries, PLACE, threads.kind)
    for load in (people.load, intranet.load, moderation.load):
        load(lambda words: None)
    threads.open(unit=Unit.objects.get(short_name="KST"))
    threads.open(2, ends_at=database_now() + timedelta(days=30))
    moderators.load(lambda words: None)
    client = staff_client("lead_moderator", unit=Unit.objects.get(short_name="KS"))
    month = f"{MonthTable.objects.first().month:%Y-%m}"
    public = ("/zasady-moderacji/", "/zasady-moderacji/miesiace/", f"/zasady-moderacji/miesiace/{month}/")
    staff = [f"/admin/moderacja/{each}" for each in SCREENS]
    seen = Seen()
    with browser() as chromium:
        walk(chromium, seen, live_server.url, [*public, *staff], cookies_of(client, live_server.url))
    assert seen.problems == []
