"""Following, the banner, the card and the civic guide in a real browser: nothing refused, too wide or out of reach."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from ratusz.demo import following, people, territory, website
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.following.actions import write_banner
from tests.browser.walking import cookies_of, look, walk
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PUBLIC = (
    "/", "/obserwuj/", "/jak-dzialac/", "/jak-dzialac/projekt-uchwaly-od-mieszkancow/", "/kanaly/", "/tematy/", "/tematy/konsultacje/",
    "/komorki/mzuim/", "/dzielnice/giszowiec/", "/nie-ma-takiej-strony/",
)  # fmt: skip


@pytest.mark.long
def test_screens(transactional_db, live_server, staff_client):
    for load in (territory.load, people.load, website.load_portal, following.load):
        load(lambda words: None)
    client = staff_client("head")
    text = "Ligota: nie pij wody z kranu do odwołania. Beczkowozy stoją przy szkołach."
    write_banner(
        person=client.person, text=text, url="/aktualnosci/", level="danger", alone_because="Noc.",
        expires_at=database_now() + timedelta(hours=5),
    )  # fmt: skip
    from ratusz.publishing.website.models import WireItem

    code = WireItem.objects.first().code
    seen = Seen()
    host = urlsplit(live_server.url).netloc
    with browser() as chromium:
        with watched_page(chromium, seen, width=390, host=host, locale="pl-PL") as page:
            for path in (*PUBLIC, f"/karta/{code}/", f"/karta/{code}/wstaw/"):
                page.goto(live_server.url + path)
                look(page, seen, path)
                assert path.startswith("/karta") or text in page.content(), path
        walk(chromium, seen, live_server.url, ["/admin/baner/"], cookies_of(client, live_server.url))
    assert [problem for problem in seen.problems if "404" not in problem] == []
