"""A part of a page changes without a reload where htmx is used, and by a reload where there are no scripts."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.harness.browser import Seen, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_list_changes_while_one_types(transactional_db, live_server):
    seen = Seen()
    with browser() as chromium, watched_page(chromium, seen, width=1280, host=urlsplit(live_server.url).netloc) as page:
        page.goto(f"{live_server.url}/slownik/")
        all_terms = page.locator(".glossary__term").count()
        page.evaluate("window.sameDocument = true")
        page.locator("#box-q").press_sequentially("komórkami")
        expect(page.locator("#slowa-status")).to_contain_text("komórkami")

        assert 0 < page.locator(".glossary__term").count() < all_terms
        assert page.evaluate("window.sameDocument") is True
        assert page.url.endswith("?q=kom%C3%B3rkami")
        assert page.evaluate("document.activeElement.id") == "box-q"
        assert refused_by_policy(page) == []
    assert seen.problems == []


def test_without_scripts_the_button_does_the_same(transactional_db, live_server):
    seen = Seen()
    host = urlsplit(live_server.url).netloc
    with browser() as chromium, watched_page(chromium, seen, width=1280, host=host, java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/slownik/")
        page.locator("#box-q").fill("komórkami")
        page.locator(".search-box button").click()

        assert page.locator(".glossary__term").count() > 0
        assert "komórkami" in page.locator("#slowa-status").inner_text()
    assert seen.problems == []
