"""The photo bank, orders, layouts, the mark, the ledger and the reader's answer in a real browser, the reader's without any script."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.demo import ledger, newsroom, people, website
from ratusz.publishing.newsroom.models import LayoutRequest, PhotoOrder
from ratusz.publishing.website.models import NewsPage, PortalImage
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

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
@pytest.mark.parametrize("width", [390, 1440])
def test_screens(transactional_db, live_server, staff_client, settings, tmp_path, width):
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
        with watched_page(chromium, seen, width=width, host=host, locale="pl-PL", java_script_enabled=False) as page:
            _answer_without_scripts(page, live_server.url, width)
        with watched_page(chromium, seen, width=width, host=host, locale="pl-PL") as page:
            for path in ("/znak-miasta/", NewsPage.objects.get(pk=page_of_ledger).url, f"/czy-pomocna/{page_of_ledger}/"):
                _look(page, seen, live_server.url + path, width)
        with watched_page(
            chromium, seen, width=width, host=host, cookies=[_cookie(staff_client, live_server)], locale="pl-PL"
        ) as page:
            for path in screens:
                _look(page, seen, f"{live_server.url}/admin/{path}", width)
    assert seen.problems == []


def _answer_without_scripts(page, start, width) -> None:
    """From the page of news over "yes" and a few words to the thanks; files of the mark are plain links."""
    page.goto(start + NewsPage.objects.live().newest_first().first().url)
    page.get_by_role("button", name="Tak").click()
    _keep(page, "dziekujemy", width)
    page.locator("textarea").fill("Brakuje godzin otwarcia, mój PESEL to 44051401359.")
    page.locator("main form button").click()
    assert "44051401359" not in page.content()
    _keep(page, "dziekujemy-slowa", width)
    page.goto(f"{start}/znak-miasta/")
    with page.expect_download() as download:
        page.locator('a[href^="/znak-miasta/plik/"]').first.click()
    assert download.value.suggested_filename.endswith(".svg")


def _cookie(staff_client, live_server) -> dict:
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": staff_client("head").cookies[name].value, "url": live_server.url}


def _look(page, seen, address, width) -> None:
    answer = page.goto(address)
    path = address.partition("://")[2].partition("/")[2]
    if answer.status != 200:
        seen.add(path, f"status {answer.status}")
    if too_wide := page.evaluate(WIDTH):
        seen.add(path, f"{too_wide} px wide")
    for name in page.evaluate(CUT):
        seen.add(path, f"the list {name} is cut at the edge")
    for refused in refused_by_policy(page):
        seen.add(path, f"refused by policy: {refused}")
    if not path.startswith("admin/"):
        for problem in axe_problems(page):
            seen.add(path, problem)
    _keep(page, path, width)


def _keep(page, name, width) -> None:
    """For whoever wants to see: RATUSZ_KEEP_SCREENS names a folder."""
    if folder := os.environ.get("RATUSZ_KEEP_SCREENS"):
        kept = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-")
        page.screenshot(path=Path(folder) / f"{width}-{kept}.png", full_page=True)
