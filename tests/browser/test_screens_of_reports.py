"""Reports of consultations in a real browser, with the demo city's own: nothing refused, too wide or out of reach."""

from __future__ import annotations

import pytest

from ratusz.demo import consultation_reports, people
from ratusz.participation.reports.models import Report
from tests.browser.walking import cookies_of, walk
from tests.harness.browser import Seen, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_screens(transactional_db, live_server, staff_client):
    for load in (people.load, consultation_reports.load):
        load(lambda words: None)
    slug = consultation_reports.PUBLISHED
    public = ("/konsultacje/raporty/", f"/konsultacje/{slug}/raport/", f"/konsultacje/{slug}/raport/v/1/uwagi/")
    draft = Report.objects.get(consultation__slug=consultation_reports.DRAFT)
    published = Report.objects.get(consultation__slug=slug)
    own = ("", f"{draft.pk}/", f"{published.pk}/", f"{published.pk}/skutki/")
    staff = [f"/admin/raporty-konsultacji/{each}" for each in own]
    seen = Seen()
    with browser() as chromium:
        walk(chromium, seen, live_server.url, public)
        walk(chromium, seen, live_server.url, staff, cookies_of(staff_client("head"), live_server.url))
    assert seen.problems == []
