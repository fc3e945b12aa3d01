"""Twenty core screens of the admin in a real browser: no script is refused, all widgets start, no known English word stays."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from ratusz.demo.website import load_portal
from ratusz.foundation.territory.actions import load_districts
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.publishing.website.models import AccessibilityDeclarationPage, HomePage, NewsPage, PrivacyPage

from .browser import Seen, browser, refused_by_policy, watched_page
from .signing_in import sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ENGLISH = re.compile(
    r"\b(Dashboard|Settings|Save draft|Publish|Search|Pages|Images|Reports|Users|Groups|Add|Edit|Delete|Unpublish|Site history|Locked pages"
    r"|Workflows?|Checks|Readability|Minimum|Maximum|Usage count|Go to the first error|Saved|Autosave|Layout|Anyone)\b"
)


@pytest.fixture
def admin(transactional_db, live_server):
    load_districts()
    load_portal(lambda words: None)
    client = Client()
    AppointmentFactory(person=sign_in_staff(client), role_code="head")
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }
    return live_server.url, [cookie]


def screens() -> list[str]:
    """The core screens, those with rich text, choosers, dates and inline forms among them."""
    home, news = HomePage.objects.get(locale__language_code="pl"), NewsPage.objects.first()
    privacy, declaration = PrivacyPage.objects.first(), AccessibilityDeclarationPage.objects.first()
    root = Page.get_first_root_node()
    return [
        "/admin/", f"/admin/pages/{root.pk}/", f"/admin/pages/{home.pk}/", f"/admin/pages/{news.pk}/edit/",
        f"/admin/pages/{privacy.pk}/edit/", f"/admin/pages/{declaration.pk}/edit/", f"/admin/pages/{home.pk}/edit/",
        f"/admin/pages/{home.pk}/add_subpage/", f"/admin/pages/add/ratusz_website/articlepage/{home.pk}/",
        f"/admin/pages/{news.pk}/history/", f"/admin/pages/{news.pk}/delete/", f"/admin/pages/{news.pk}/unpublish/",
        "/admin/images/", "/admin/images/add/", "/admin/reports/site-history/", "/admin/reports/locked/", "/admin/reports/aging-pages/",
        "/admin/redirects/", "/admin/redirects/add/", "/admin/workflows/list/", "/admin/users/", "/admin/groups/", "/admin/account/",
        "/admin/sites/",
    ]  # fmt: skip


@pytest.mark.long
def test_no_script_of_the_admin_is_refused_and_widgets_start(admin):
    url, cookies = admin
    seen = Seen()
    with (
        browser() as chromium,
        watched_page(chromium, seen, width=1280, host=urlsplit(url).netloc, cookies=cookies, locale="pl-PL") as page,
    ):
        for path in screens():
            answer = page.goto(url + path)
            if answer.status != 200:
                seen.add(path, f"answered {answer.status}")
            page.wait_for_timeout(250)
            for refused in refused_by_policy(page):
                seen.add(path, f"refused: {refused}")
            for name in page.eval_on_selector_all(
                "template[data-ratusz-start]:not([data-ratusz-started])", "all => all.map(each => each.dataset.ratuszStart)"
            ):
                seen.add(path, f"not started: {name}")
            for word in sorted(set(ENGLISH.findall(page.inner_text("body")))):
                seen.add(path, f"English: {word}")
        _rows_and_modals(page, url, seen)
    assert seen.problems == []


def _rows_and_modals(page, url: str, seen: Seen) -> None:
    """A row added to an inline form and a chooser's modal come later than the page: they start too, and nothing is refused."""
    page.goto(f"{url}/admin/pages/{PrivacyPage.objects.first().pk}/edit/")
    page.wait_for_timeout(500)
    before = page.locator("#id_clauses-FORMS > *").count()
    page.click("#id_clauses-ADD")
    page.wait_for_timeout(500)
    if page.locator("#id_clauses-FORMS > *").count() != before + 1:
        seen.add("privacy page", "no row was added")
    page.goto(f"{url}/admin/redirects/add/")
    page.click("#id_redirect_page-chooser [data-chooser-action-choose]")
    page.wait_for_timeout(800)
    if not page.locator(".modal.in, .modal[open], .modal-dialog").first.is_visible():
        seen.add("redirect", "the page chooser did not open")
    for refused in refused_by_policy(page):
        seen.add("rows and modals", f"refused: {refused}")
