"""The ballot at 320 px by keyboard alone: district, points, another language on the way, the last look, the receipt."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse

from ratusz.participation.voting import identity
from ratusz.participation.voting.actions import IdentityProof, hold_proof
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import SealedBallot
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NARROW = 320
ORDER = """() => {
  const seen = [...document.querySelectorAll("a[href], button, select, input:not([type=hidden])")].filter((one) => one.tabIndex >= 0);
  return seen.map((one) => one.name || one.textContent.trim() || one.getAttribute("href"));
}"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return [one.name || one.textContent.trim() || one.getAttribute("href"), box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1];
}"""


def _proof(vote, url):
    answer = HttpResponse()
    held = hold_proof(vote=vote, proof=IdentityProof(b"k" * 32, age_band="30-44", contact="anna@example.pl"))
    identity.set_cookie(answer, identity.COOKIE, f"{vote.pk}:{held}")
    return {"name": identity.COOKIE, "value": answer.cookies[identity.COOKIE].value, "url": f"{url}{identity.PATH}"}


def _look(page, seen, where, shots):
    for problem in axe_problems(page) + refused_by_policy(page):
        seen.add(where, problem)
    if too_wide := page.evaluate(WIDTH):
        seen.add(where, f"scrolls sideways: {too_wide} px")
    if shots:
        page.screenshot(path=f"{shots}/{where}.png", full_page=True)


def _tab_to(page, seen, where, wanted):
    """Tab by Tab to a field or button, each of which is on the screen and comes in the order it is read out."""
    order = page.evaluate(ORDER)
    met = []
    for _step in range(60):
        page.keyboard.press("Tab")
        name, is_there = page.evaluate(FOCUSED)
        met.append(name)
        if not is_there:
            seen.add(where, f"{name} is focused beyond the edge")
        if name == wanted:
            break
    else:
        seen.add(where, f"{wanted} is not reached by Tab: {met}")
    places = [order.index(name) for name in met if name in order]
    if places != sorted(places):
        seen.add(where, f"the order of Tab is not the order of reading: {met}")


def test_a_ballot_is_cast_by_keyboard_on_the_narrowest_screen(transactional_db, live_server, request):
    import os

    shots, seen, vote = os.environ.get("RATUSZ_SHOTS", ""), Seen(), open_vote_on()
    local, city = number(vote.edition, "L2", 1), number(vote.edition, "M", 2)
    base = f"{live_server.url}/glosuj/{vote.edition.slug}"
    with (
        browser() as chromium,
        watched_page(
            chromium, seen, width=NARROW, host=urlsplit(base).netloc, cookies=[_proof(vote, live_server.url)], locale="pl-PL"
        ) as page,
    ):
        page.goto(f"{base}/pl/karta/")
        _look(page, seen, "district", shots)
        _tab_to(page, seen, "district", "dzielnica")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")  # goes on, and changes no language
        page.wait_for_selector("select")
        assert page.get_attribute("html", "lang") == "pl"
        _look(page, seen, "ballot", shots)
        _tab_to(page, seen, "ballot", f"p/L2/{local}")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="Українська").press("Enter")
        page.wait_for_selector("html[lang=uk] select")
        assert page.input_value(f"select[name='p/L2/{local}']") == "2"
        _tab_to(page, seen, "ballot-uk", f"p/M/{city}")
        page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="Polski").press("Enter")
        page.wait_for_selector("html[lang=pl] select")
        _tab_to(page, seen, "ballot-pl", "Sprawdź przed oddaniem")
        page.keyboard.press("Enter")
        page.wait_for_selector("input[name=klucz]", state="attached")
        _look(page, seen, "summary", shots)
        page.get_by_role("button", name="English").press("Enter")
        page.wait_for_selector("html[lang=en] input[name=klucz]", state="attached")
        assert "2 points" in page.content() and "1 point" in page.content()
        _tab_to(page, seen, "summary-en", "Cast the ballot")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/oddany/")
        _look(page, seen, "receipt", shots)
    assert SealedBallot.objects.get().district == "L2"
    assert seen.problems == []
