"""Reports of consultations in a real browser, with the demo city's own: nothing refused, too wide or out of reach."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.demo import consultation_reports, people
from ratusz.participation.reports.models import Report
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [390, 1440])
def test_screens(transactional_db, live_server, staff_client, width):
    for load in (people.load, consultation_reports.load):
        load(lambda words: None)
    slug = consultation_reports.PUBLISHED
    public = ("/konsultacje/raporty/", f"/konsultacje/{slug}/raport/", f"/konsultacje/{slug}/raport/v/1/uwagi/")
    draft = Report.objects.get(consultation__slug=consultation_reports.DRAFT)
    published = Report.objects.get(consultation__slug=slug)
    staff = ["", f"{draft.pk}/", f"{published.pk}/", f"{published.pk}/skutki/"]
    client = staff_client("head")
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
                page.goto(f"{live_server.url}/admin/raporty-konsultacji/{path}")
                _look(page, seen, f"/admin/raporty-konsultacji/{path}", width)
    assert seen.problems == []


def _look(page, seen, path, width) -> None:
    if folder := os.environ.get("REPORTS_PICTURES"):
        page.screenshot(path=f"{folder}/{width}{path.replace('/', '_')[:60]}.png", full_page=True)
    if too_wide := page.evaluate(WIDTH):
        seen.add(path, f"{too_wide} px wide")
    for refused in refused_by_policy(page):
        seen.add(path, f"refused by policy: {refused}")
    if not path.startswith("/admin/"):
        for problem in axe_problems(page):
            seen.add(path, problem)
