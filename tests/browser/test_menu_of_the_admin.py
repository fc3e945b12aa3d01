"""Every screen of the admin's menu opens in a real browser without an error of a script."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.publishing.website.factories import make_portal
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BESIDE_THE_MENU = ("/admin/invitations/new/", "/admin/appointments/new/", "/admin/units/new/")


@pytest.mark.long
@pytest.mark.parametrize("role", ["administrator", "head"])
def test_no_screen_of_the_menu_logs_an_error(transactional_db, live_server, staff_client, role):
    make_portal()
    client = staff_client(role)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }
    of_the_menu = set(re.findall(r'"url": "(/admin/[^"]*)"', client.get("/admin/").text))
    seen = Seen()
    with (
        browser() as chromium,
        watched_page(chromium, seen, width=1280, host=urlsplit(live_server.url).netloc, cookies=[cookie], locale="pl-PL") as page,
    ):
        page.on("console", lambda message: message.type == "error" and seen.add(page.url, message.text))
        for path in sorted(of_the_menu) + list(BESIDE_THE_MENU):
            page.goto(live_server.url + path)
            page.wait_for_timeout(150)
            if "Save Selected" in page.content():
                seen.add(path, "English: Save Selected")
    assert len(of_the_menu) > 5
    assert [problem for problem in seen.problems if "403" not in problem] == []
