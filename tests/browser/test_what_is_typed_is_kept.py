"""What a person types is what is saved: a button pressed during the editor's own save loses nothing."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from wagtail.admin.views.pages.create import CreateView

from ratusz.publishing.editing.factories import draft
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import NewsIndexPage, NewsPage
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _cookie(client, address: str) -> dict[str, str]:
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": address}


def test_a_button_during_the_save_of_a_new_page_opens_its_draft(transactional_db, live_server, staff_client, monkeypatch):
    make_portal()
    saved = CreateView.save_action

    def slowly(self):
        answer = saved(self)
        if self.expects_json_response:
            time.sleep(1.5)
        return answer

    monkeypatch.setattr(CreateView, "save_action", slowly)
    client, seen = staff_client("head"), Seen()
    parent = NewsIndexPage.objects.get(locale__language_code="pl")
    given = {"width": 1280, "host": urlsplit(live_server.url).netloc, "locale": "pl-PL"}
    with browser() as chromium, watched_page(chromium, seen, cookies=[_cookie(client, live_server.url)], **given) as page:
        page.goto(f"{live_server.url}/admin/pages/add/ratusz_website/newspage/{parent.pk}/")
        page.wait_for_timeout(2500)  # the editor looks what the form began with after two seconds
        page.locator("#id_title").fill("Nowy plac zabaw")
        with page.expect_request(lambda request: request.method == "POST" and "/pages/add/" in request.url):
            page.locator("#id_title").press("Tab")
        page.locator("#id_lead").fill("Dopisane, gdy zapis jeszcze trwał.")
        page.get_by_role("button", name="Zapisz szkic").click()
        page.locator(".messages .success, .messages .error").first.wait_for()
        address = page.url
    made = NewsPage.objects.get()
    assert urlsplit(address).path == f"/admin/pages/{made.pk}/edit/"
    assert made.get_latest_revision_as_object().lead == "Dopisane, gdy zapis jeszcze trwał."
    assert seen.problems == []


def test_a_date_in_words_is_never_another_day(transactional_db, live_server, staff_client):
    make_portal()
    made = draft()
    client, seen = staff_client("unit_editor", unit=made.unit), Seen()
    given = {"width": 1280, "host": urlsplit(live_server.url).netloc, "locale": "pl-PL"}
    with browser() as chromium, watched_page(chromium, seen, cookies=[_cookie(client, live_server.url)], **given) as page:
        page.goto(f"{live_server.url}/admin/zgloszenia/{made.pk}/tresc/")
        since = page.locator("#id_since")
        for typed, answer in (("w przyszłą środę", "Wpisz dzień, miesiąc i rok"), ("5 grudnia 2026", "Zapisano.")):
            since.fill(typed)
            since.press("Tab")
            page.wait_for_timeout(300)
            assert since.input_value() == typed
            assert page.locator(".xdsoft_datetimepicker:visible").count() == 0, "it closes with the field, or swallows the click"
            page.get_by_role("button", name="Zapisz", exact=True).click()
            page.get_by_text(answer).first.wait_for()
            assert since.input_value() == {"w przyszłą środę": typed}.get(typed, "05.12.2026")
    made.refresh_from_db()
    assert (str(made.since), seen.problems) == ("2026-12-05", [])
