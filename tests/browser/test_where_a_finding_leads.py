"""A finding in a unit's text leads into the place where the text is written: into its window with scripts, to the field without."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.publishing.editing.factories import draft
from ratusz.publishing.website.factories import make_portal
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HARD = (
    "<p>W związku z koniecznością przeprowadzenia kompleksowej modernizacji infrastruktury wodociągowo-kanalizacyjnej "
    "informujemy o wprowadzeniu czasowego ograniczenia funkcjonowania komunikacji autobusowej. Osoba o numerze PESEL 44051401359.</p>"
)
TOP = "element => element.getBoundingClientRect().top"


def _cookie(client, address: str) -> dict[str, str]:
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": address}


def _top_at_rest(page, selector: str) -> float:
    """Where an element stands once the panel has slid in and the browser has scrolled to it: two looks that agree."""
    seen = page.locator(selector).bounding_box()["y"]
    for _ in range(20):
        page.wait_for_timeout(150)
        before, seen = seen, page.locator(selector).bounding_box()["y"]
        if before == seen:
            break
    return seen


@pytest.mark.parametrize("width", [390, 1440])
def test_a_finding_leads_into_the_text(transactional_db, live_server, staff_client, width):
    make_portal()
    body = [{"type": "paragraph", "value": HARD * 4}]
    made = draft(lead="Ważna informacja dla wszystkich zainteresowanych mieszkańców. " * 6, body=body)
    client, seen = staff_client("unit_editor", unit=made.unit), Seen()
    given = {"width": width, "host": urlsplit(live_server.url).netloc, "locale": "pl-PL"}
    given["cookies"] = [_cookie(client, live_server.url)]
    address = f"{live_server.url}/admin/zgloszenia/{made.pk}/"
    with browser() as chromium:
        with watched_page(chromium, seen, **given) as page:
            for words in ("PESEL", "FOG-PL"):
                page.goto(address)
                link = page.locator(f"li:has-text('{words}') a").first
                assert link.get_attribute("href") == f"/admin/zgloszenia/{made.pk}/tresc/#id_text"
                link.click()
                page.wait_for_load_state("load")
                page.locator("#editing-paper:focus").wait_for(timeout=5000)
                page.wait_for_timeout(300)
                assert page.locator("#editing-paper:focus").count() == 1, "nothing takes the place away afterwards"
                assert 0 <= page.locator("label[for=id_text]").evaluate(TOP) < 300
                assert 0 <= page.locator("#editing-paper").evaluate(TOP) < 600
            page.keyboard.type("Poprawka ")
            assert "Poprawka" in page.locator("#editing-paper").inner_text()
            page.evaluate("window.scrollTo(0, 0); document.activeElement.blur()")
            page.evaluate("window.location.hash = ''; window.location.hash = 'id_text'")
            page.locator("#editing-paper:focus").wait_for(timeout=5000)
        with watched_page(chromium, seen, java_script_enabled=False, **given) as page:
            page.goto(f"{address}tresc/#id_text")
            assert page.locator("#id_text").is_visible()
            assert 0 <= _top_at_rest(page, "#id_text") < 600
    assert seen.problems == []
