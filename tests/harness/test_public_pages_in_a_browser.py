"""Every kind of public page and its states in a real browser: axe, policy, other hosts, reflow at 320 px, weight.

The list grows by itself from the URLconf and the sitemap; a page the list cannot guess (a state) is named in STATES.
"""

from __future__ import annotations

import gzip
from time import monotonic
from urllib.parse import urlsplit

import pytest
from django.test import Client

from ratusz.demo.website import load_portal
from ratusz.foundation.territory.actions import load_districts

from .addresses import public_pages
from .browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STATES = [
    "/szukaj/?q=konsultacjach", "/szukaj/?q=konsutlacje", "/szukaj/?q=qqqqqq", "/szukaj/?q=miasto&rodzaj=news", "/nie-ma-takiej/",
    "/en/szukaj/?q=budget", "/ekran/?nr=1&stop=1",
]  # fmt: skip
TURNS_BY_ITSELF = {"/ekran/": "axe meta-refresh"}
"""A screen in a hall that nobody touches turns its pages without scripts; "Zatrzymaj" on it holds one for whoever reads (WCAG 2.2.1, 2.2.2)."""
BUDGET_SECONDS = 300
"""The harness stops after this long and names what it did not visit."""
HEAVIEST = 50_000
"""Bytes of style sheets, scripts and the first font of one page, as sent."""


@pytest.fixture
def portal(transactional_db, live_server):
    load_districts()
    load_portal(lambda words: None)
    return live_server


@pytest.mark.long
def test_every_public_page_is_accessible_and_keeps_to_the_policy(portal):
    host, started, seen, left_out = urlsplit(portal.url).netloc, monotonic(), Seen(), []
    paths = public_pages(Client()) + STATES
    with browser() as chromium:
        for width in (320, 1280):
            with watched_page(chromium, seen, width=width, host=host) as page:
                for path in paths:
                    if monotonic() - started > BUDGET_SECONDS:
                        left_out.append(f"{path} at {width}")
                        continue
                    _visit(page, portal.url + path, width, seen)
        _wrong_number(chromium, portal.url, host, seen)
    assert not left_out, f"time budget of {BUDGET_SECONDS} s is used up before: {left_out}"
    assert seen.problems == []


def _visit(page, url: str, width: int, seen: Seen) -> None:
    page.goto(url)
    seen.visits += 1
    where = f"{urlsplit(url).path}?{urlsplit(url).query} at {width}"
    for refused in refused_by_policy(page):
        seen.add(where, f"refused: {refused}")
    if too_wide := page.evaluate(WIDTH):
        seen.add(where, f"scrolls sideways: {too_wide} px")
    known = TURNS_BY_ITSELF.get(urlsplit(url).path) if "stop=1" not in url else None
    for problem in axe_problems(page):
        if known is None or not problem.startswith(known):
            seen.add(where, problem)


def _wrong_number(chromium, url: str, host: str, seen: Seen) -> None:
    """The state with an error: what was typed stays, the summary leads to the field."""
    with watched_page(chromium, seen, width=320, host=host) as page:
        page.goto(f"{url}/numer/")
        page.fill("input[name=number]", "XX-123")
        page.click("main button[type=submit]")
        if page.input_value("input[name=number]") != "XX-123":
            seen.add("/numer/", "the typed number is lost")
        for problem in axe_problems(page) + refused_by_policy(page):
            seen.add("/numer/ with an error", problem)


def test_a_page_weighs_at_most_fifty_kilobytes(portal):
    """Style sheets and scripts as gzip sends them, and the first font."""
    weights: dict[str, int] = {}

    def weigh(response):
        kind, body = response.request.resource_type, response.body()
        if kind in ("stylesheet", "script"):
            weights[response.url] = len(gzip.compress(body))
        elif kind == "font" and not any(".woff2" in url for url in weights):
            weights[response.url] = len(body)

    with browser() as chromium, watched_page(chromium, Seen(), width=1280, host=urlsplit(portal.url).netloc) as page:
        page.on("response", weigh)
        page.goto(portal.url + "/", wait_until="networkidle")
    assert 0 < sum(weights.values()) <= HEAVIEST, weights


def test_the_harness_sees_what_is_wrong(portal):
    """Planted: a picture without words, an inline script, a foreign picture, a block that is too wide."""
    seen = Seen()
    planted = """() => {
        document.body.insertAdjacentHTML("beforeend", '<img src="https://elsewhere.example/x.png"><p class="wide">x</p>');
        document.querySelector(".wide").style.width = "5000px";
        const script = document.createElement("script");
        script.textContent = "window.ran = 1";
        document.body.append(script);
    }"""
    with browser() as chromium, watched_page(chromium, seen, width=320, host=urlsplit(portal.url).netloc) as page:
        page.goto(portal.url + "/kanaly/")
        page.evaluate(planted)
        page.wait_for_timeout(300)
        refused = " ".join(refused_by_policy(page))
        assert ("script-src-elem inline" in refused, "img-src https://elsewhere.example" in refused) == (True, True)
        assert page.evaluate("window.ran") is None
        assert any("image-alt" in problem for problem in axe_problems(page))
        assert page.evaluate(WIDTH) > 320
