"""One text on its whole way in a real browser: a unit's editor pastes it, the department reads and publishes, a resident reads it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.publishing.editing.factories import a_unit
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import Topic
from ratusz.publishing.website.subjects.actions import save_topic
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASTE = """(html) => {
  const paper = document.querySelector(".editing-paper");
  paper.focus();
  const clipboard = new DataTransfer();
  clipboard.setData("text/html", html);
  paper.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
}"""
FROM_WORD = (
    '<style>p {color: red}</style><h2 style="color:red">Gdzie</h2><p class="MsoNormal"><b>W Ligocie</b>, przy szkole.</p>'
    '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>huśtawki</p><script>alert(1)</script>'
)


def _cookie(client, address: str) -> dict[str, str]:
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": address}


def _picture(page, name: str) -> None:
    """For eyes: RATUSZ_PICTURES names a folder."""
    if folder := os.environ.get("RATUSZ_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.long
def test_from_the_unit_to_the_reader(transactional_db, live_server, staff_client):
    make_portal()
    for name in ("Zieleń", "Drogi i objazdy", "Kultura"):
        save_topic(topic=Topic(name=name, description="Jedno zdanie."))
    for number, name in enumerate(("Śródmieście", "Ligota-Panewniki", "Osiedle Paderewskiego-Muchowiec", "Brynów", "Załęże"), 1):
        DistrictFactory(number=number, name=name)
    unit, seen = a_unit(), Seen()
    writer, editor = staff_client("unit_editor", unit=unit), staff_client("editor")
    host, problems = urlsplit(live_server.url).netloc, []
    with browser() as chromium:
        for width in (390, 1440):
            given = {"width": width, "host": host, "locale": "pl-PL"}
            title = f"Nowy plac zabaw {width}"
            with watched_page(chromium, seen, cookies=[_cookie(writer, live_server.url)], **given) as page:
                page.goto(f"{live_server.url}/admin/zgloszenia/nowe/")
                _picture(page, f"nowe-{width}")
                page.get_by_role("button", name="Dalej: tekst").click()
                page.get_by_label("Tytuł").fill(title)
                page.get_by_label("Wprowadzenie").fill("Plac otwieramy w poniedziałek o godzinie 9.00.")
                page.evaluate(PASTE, FROM_WORD)
                page.get_by_label("Zieleń").check()
                page.get_by_label("Ligota-Panewniki").check()
                _picture(page, f"tresc-{width}")
                problems += page.evaluate("window.__refused")
                page.get_by_role("button", name="Wyślij do wydziału").click()
                page.get_by_text("Tekst jest w wydziale").wait_for()
                address = page.url
            with watched_page(chromium, seen, cookies=[_cookie(editor, live_server.url)], **given) as page:
                page.goto(f"{live_server.url}/admin/zgloszenia/")
                _picture(page, f"lista-{width}")
                page.goto(address)
                assert page.locator("dd", has_text="Ligota-Panewniki").is_visible()
                page.get_by_role("button", name="Zatwierdź").click()
                page.get_by_text("Zatwierdzone. Opublikuj").wait_for()
                _picture(page, f"zgloszenie-{width}")
                page.get_by_role("button", name="Opublikuj teraz").click()
                page.get_by_text("Opublikowano.").wait_for()
                problems += page.evaluate("window.__refused")
            with watched_page(chromium, seen, **given) as page:
                page.goto(f"{live_server.url}/aktualnosci/nowy-plac-zabaw-{width}/")
                assert page.get_by_role("heading", name="Gdzie").is_visible()
                assert page.locator(".prose strong").inner_text() == "W Ligocie"
                assert page.locator(".prose li").inner_text() == "huśtawki"
                assert page.get_by_role("link", name="Zieleń").first.is_visible()
                assert page.get_by_role("link", name="Ligota-Panewniki").first.is_visible()
                _picture(page, f"strona-{width}")
    assert (problems, seen.problems) == ([], [])
