"""What only a browser can tell: axe in every theme and width, keyboard, reflow, large text, CSP, weight, life without JavaScript."""

import hashlib
import os
import re
import shutil

import pytest
from axe_core_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect, sync_playwright

from ratusz.ui.views import gallery

pytestmark = pytest.mark.browser
PAGES = ["/wzornik/", *(f"/wzornik/{name}/" for name in gallery.SAMPLES)]
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
THEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
SPARING = {"resultTypes": ["violations"], "preload": False}
RULES = SPARING | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = SPARING | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
BUDGET = 50_000
"""Bytes of CSS, JS and first font that one page may transfer."""

FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    place: window.stops.indexOf(at),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    name: at.outerHTML.slice(0, 120),
  };
}"""
TAB_STOPS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  window.stops = all.filter(one => one.tabIndex === 0 && one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
    && !(one.type === 'radio' && one !== one.form.querySelector(`input[name="${one.name}"]`)));
  // A script may have put the focus on the summary of errors; the way starts there.
  const at = document.activeElement, passed = one => at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
  return [at === document.body ? 0 : window.stops.filter(passed).length, window.stops.length];
}"""

TOO_WIDE = """() => document.documentElement.scrollWidth === innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest('.table-scroll'))
  .map(one => one.outerHTML.slice(0, 80) + ' ' + one.getBoundingClientRect().right)"""


@pytest.fixture(scope="module")
def address():
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture(scope="module")
def browser():
    path = os.environ.get("RATUSZ_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address):
    contexts = []

    def open_one(path: str, width: int = 1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=address, locale="pl-PL", **options)
        contexts.append(context)
        page = context.new_page()
        page.violations = []
        page.on("console", lambda message: page.violations.append(message.text) if message.type == "error" else None)
        page.goto(path)
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_any_theme(open_page, path, width):
    page = open_page(path, width)
    page.evaluate(Axe().axe_script)
    found = []
    for theme, media in THEMES.items():
        page.emulate_media(**media)
        options = RULES if theme == "light" else COLOURS  # a theme changes colours, not structure
        for violation in page.evaluate("options => axe.run(document, options)", options)["violations"]:
            found += [f"{theme}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"]]
    assert found == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_breaks_the_content_security_policy(open_page, path):
    page = open_page(path)
    page.wait_for_load_state("networkidle")
    assert page.violations == []
    assert page.locator("[style]").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_text_reflows_at_320_and_at_twice_its_size(open_page, path):
    assert open_page(path, 320).evaluate(TOO_WIDE) == []
    page = open_page(path, 1280)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_goes_through_in_order_and_is_always_seen(open_page, path):
    page = open_page(path)
    first, stops = page.evaluate(TAB_STOPS)
    places = []
    for _press in range(first, stops):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["ring"] and focused["seen"], focused["name"]
        places.append(focused["place"])
    assert places == list(range(first, stops))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_transfers_at_most_50_kilobytes_of_css_scripts_and_font(open_page, path):
    page = open_page("about:blank")
    sizes, kinds = {}, {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    weight = sum(size for request, size in sizes.items() if kinds.get(request) in ("Stylesheet", "Script", "Font"))
    assert 0 < weight <= BUDGET


def test_everything_is_there_without_javascript(open_page):
    page = open_page("/wzornik/", java_script_enabled=False)
    assert page.locator("button:has-text('Wyślij uwagę')").count() == 2
    assert page.locator(".count").first.inner_text() == "Najwyżej 500 znaków"
    page.locator("#szczegoly summary").first.click()
    assert page.locator("#szczegoly .details__text").first.is_visible()


def test_scripts_count_characters_and_offer_to_print_a_receipt(open_page):
    page = open_page("/wzornik/")
    page.locator("#id_remark").fill("Ławka")
    expect(page.locator("[data-count-for=id_remark]")).to_have_text("Znaki: 5 z 500")
    assert page.locator("#potwierdzenie .receipt__deeds > *").all_inner_texts() == ["Zapisz plik", "Wydrukuj", "Skopiuj numer"]


def test_the_browser_does_the_sum_of_a_guarded_form_in_a_worker(open_page):
    page = open_page("/wzornik/")
    page.locator("button:has-text('Wyślij komentarz')").focus()
    answer = page.locator("#straz [name=proof_answer], form:has([data-proof]) [name=proof_answer]").first
    expect(answer).not_to_have_value("")
    digest = hashlib.sha256(f"przyklad:{answer.input_value()}".encode()).digest()
    assert int.from_bytes(digest, "big") >> (256 - 12) == 0


def test_the_first_stop_leads_past_the_header(open_page):
    page = open_page("/wzornik/wyniki/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Przejdź do treści"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tresc"


def test_on_paper_there_is_the_text_and_no_menu(open_page):
    page = open_page("/wzornik/wyniki/")
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert page.locator(".bar__svg").is_visible()


def test_an_area_is_drawn_with_the_keyboard_alone(open_page):
    page = open_page("/wzornik/")
    page.locator("#place_place_kind_2").check()
    drawing = page.locator("[data-drawing=place_place] svg")
    drawing.focus()
    for key in ("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter", "ArrowLeft", "Enter", "Backspace"):
        drawing.press(key)
    lines = page.locator("#place_place").input_value().splitlines()
    assert len(lines) == 3 and all(re.fullmatch(r"50\.\d{6}, 19\.\d{6}", line) for line in lines)
    assert page.locator("[data-drawing=place_place] [data-shape]").get_attribute("d").count("Z") == 4
    expect(page.locator("[data-drawing=place_place] [data-said]")).to_have_text("Zostało miejsc: 3.")
