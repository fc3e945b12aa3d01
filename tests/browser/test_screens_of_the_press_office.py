"""The photo bank, orders, layouts, the mark, the ledger and the reader's answer in a real browser, the reader's without any script."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from ratusz.demo import ledger, newsroom, people, website
from ratusz.publishing.newsroom.models import LayoutRequest, PhotoOrder
from ratusz.publishing.website.models import NewsPage, PortalImage
from tests.browser.walking import cookies_of, look
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
CUT = "[...document.querySelectorAll('select')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.name)"
"""The admin's own frame cuts what is too wide, so the page's width alone says nothing of it."""
LISTS = (
    "zdjecia/", "zdjecia/?state=over", "zdjecia/dodaj/", "zdjecia/zlecenia/", "zdjecia/zlecenia/nowe/", "znak/", "projekty-graficzne/",
    "rejestr-tresci/", "rejestr-tresci/strony/", "rejestr-tresci/zdjete/",
)  # fmt: skip


@pytest.mark.long
def test_screens(transactional_db, live_server, staff_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for load in (people.load, website.load_portal, newsroom.load, ledger.load):
        load(lambda words: None)
    over = PortalImage.objects.get(title="Licencja minęła").pk
    page_of_ledger = NewsPage.objects.live().newest_first().first().pk
    screens = [
        *LISTS, f"zdjecia/{over}/paszport/", f"zdjecia/{PortalImage.objects.get(title='Zdjęcie wycofane').pk}/wycofanie/",
        f"zdjecia/zlecenia/{PhotoOrder.objects.first().pk}/", f"rejestr-tresci/strona/{page_of_ledger}/",
        f"rejestr-tresci/zdejmij/{page_of_ledger}/",
        *(f"projekty-graficzne/{request.pk}/" for request in LayoutRequest.objects.order_by("pk")),
    ]  # fmt: skip
    seen, host = Seen(), urlsplit(live_server.url).netloc
    with browser() as chromium:
        with watched_page(chromium, seen, width=390, host=host, locale="pl-PL", java_script_enabled=False) as page:
            _answer_without_scripts(page, live_server.url)
        with watched_page(chromium, seen, width=390, host=host, locale="pl-PL") as page:
            for path in ("/znak-miasta/", NewsPage.objects.get(pk=page_of_ledger).url, f"/czy-pomocna/{page_of_ledger}/"):
                _look(page, seen, live_server.url + path)
        cookies = cookies_of(staff_client("head"), live_server.url)
        with watched_page(chromium, seen, width=390, host=host, cookies=cookies, locale="pl-PL") as page:
            for path in screens:
                _look(page, seen, f"{live_server.url}/admin/{path}")
    assert seen.problems == []


def _answer_without_scripts(page, start) -> None:
    """From the page of news over "yes" and a few words to the thanks; files of the mark are plain links."""
    page.goto(start + NewsPage.objects.live().newest_first().first().url)
    page.get_by_role("button", name="Tak").click()
    page.locator("textarea").fill("Brakuje godzin otwarcia, mój PESEL to 44051401359.")
    page.locator("main form button").click()
    assert "44051401359" not in page.content()
    page.goto(f"{start}/znak-miasta/")
    with page.expect_download() as download:
        page.locator('a[href^="/znak-miasta/plik/"]').first.click()
    assert download.value.suggested_filename.endswith(".svg")


def _look(page, seen, address) -> None:
    answer = page.goto(address)
    path = address.partition("://")[2].partition("/")[2]
    if answer.status != 200:
        seen.add(path, f"status {answer.status}")
    for name in page.evaluate(CUT):
        seen.add(path, f"the list {name} is cut at the edge of a telephone")
    look(page, seen, path)
