"""Pages in both languages, lists that cost the same with one row and three, tables pasted from Word, the frame of every page."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from wagtail.models import Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from ratusz.foundation.kit.registries import dated_things
from ratusz.foundation.territory.actions import load_districts
from ratusz.publishing.website.blocks import CallToActionBlock, TableBlock
from ratusz.publishing.website.factories import make_article, make_declaration, make_news, make_portal
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import AccessibilityDeclarationPage, ArticlePage, NewsPage, SearchDocument, SectionPage
from ratusz.publishing.website.registries import district_parts, home_parts
from ratusz.publishing.website.wire.actions import sync_wire

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_other_modules(monkeypatch):
    """What other modules put on the pages has its own cost and its own tests."""
    for registry in (dated_things, home_parts, district_parts):
        monkeypatch.setattr(registry, "_entries", {})


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.slow
def test_lists_of_news_cost_the_same(client, rows, no_other_modules, django_assert_num_queries):
    load_districts()
    homes = make_portal()
    for number in range(1, rows + 1):
        make_news(homes, number)
    client.get("/aktualnosci/"), client.get("/"), client.get("/dzielnice/giszowiec/")
    with django_assert_num_queries(8):
        assert client.get("/aktualnosci/").content.decode().count('class="news__item"') == rows
    with django_assert_num_queries(6):
        assert client.get("/").content.decode().count('class="news__item"') == rows
    with django_assert_num_queries(6):
        client.get("/dzielnice/giszowiec/")


@pytest.mark.slow
def test_a_district_shows_its_news_and_figures(client):
    load_districts()
    homes = make_portal()
    news = make_news(homes, 1, title="Plac w Giszowcu")
    from ratusz.foundation.territory.models import District

    news.districts = [District.objects.get(slug="giszowiec")]
    news.save()
    page = client.get("/dzielnice/giszowiec/").content.decode()
    assert "Plac w Giszowcu" in page and "15\u00a0409" in page
    assert "Plac w Giszowcu" not in client.get("/dzielnice/murcki/").content.decode()


def test_english_pages_speak_english(client):
    make_portal()
    page = client.get("/en/")
    assert (page.status_code, page["Content-Language"], '<html lang="en">' in page.content.decode()) == (200, "en", True)
    assert "What the city says" in page.content.decode()


def test_the_same_page_in_the_other_language_is_one_click_away(client):
    homes = make_portal()
    polish, english = make_article(homes), add_page(homes["en"], ArticlePage(title="Guide", slug="guide"))
    english.translation_key = polish.translation_key
    english.save()
    assert '<a href="/en/guide/" hreflang="en" lang="en">English</a>' in client.get("/poradnik/").content.decode()
    assert '<a href="/poradnik/" hreflang="pl" lang="pl">Polski</a>' in client.get("/en/guide/").content.decode()


def test_a_restricted_page_is_not_served(client):
    from wagtail.models import PageViewRestriction

    page = make_article(make_portal(), lead="Tylko dla zalogowanych.")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/poradnik/")
    assert (answer.status_code, "Tylko dla zalogowanych" in answer.content.decode()) == (302, False)


def test_a_missing_page_helps_on(client):
    make_portal()
    answer = client.get("/nie-ma-takiej/")
    assert (answer.status_code, "Nie ma takiej strony" in answer.content.decode()) == (404, True)


def test_published_pages_are_found_and_withdrawn_ones_are_not(client, django_capture_on_commit_callbacks):
    homes = make_portal()
    with django_capture_on_commit_callbacks(execute=True):
        page = make_article(homes, title="Jak wypożyczyć rower", body=[("paragraph", "<p>Rowery stoją na Rynku.</p>")])
    assert "/poradnik/" in client.get("/szukaj/", {"q": "rowerami"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert not SearchDocument.objects.filter(url="/poradnik/").exists()


@pytest.mark.slow
def test_a_page_moved_is_found_at_its_new_address(client, django_capture_on_commit_callbacks):
    homes = make_portal()
    with django_capture_on_commit_callbacks(execute=True):
        page, section = make_article(homes), add_page(homes["pl"], ArticlePage(title="Dział", slug="dzial"))
        page.move(section, pos="last-child")
    found = set(SearchDocument.objects.values_list("url", flat=True))
    assert {address for address in found if "poradnik" in address or "dzial" in address} == {"/dzial/", "/dzial/poradnik/"}


def test_a_pasted_table_keeps_its_headings():
    block = TableBlock()
    value = block.to_python(
        {"caption": "Godziny", "cells": "Dzień\tGodziny\nponiedziałek\t8–16\nwtorek\t", "first_column_is_heading": True}
    )
    assert ([column.label for column in value.columns], value.columns[0].is_heading) == (["Dzień", "Godziny"], True)
    assert value.rows == [{"c0": "poniedziałek", "c1": "8–16"}, {"c0": "wtorek", "c1": ""}]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"caption": "x", "cells": "a;\nb;c"}))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "JavaScript:x"])
def test_unsafe_addresses_are_refused(address):
    block = CallToActionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"text": "Kliknij", "address": address}))


def test_a_declaration_must_say_what_is_not_accessible():
    page = make_declaration(make_portal())
    page.status = AccessibilityDeclarationPage.Status.PARTIAL
    with pytest.raises(ValidationError):
        page.full_clean()


def test_feeds_carry_the_news(client):
    homes = make_portal()
    make_news(homes, 5, title="Nowe „ławki” & kosze")
    sync_wire()
    atom = client.get("/kanaly/aktualnosci.atom")
    assert (atom["Content-Type"], "Nowe „ławki” &amp; kosze" in atom.content.decode()) == (
        "application/atom+xml; charset=utf-8",
        True,
    )
    feed = client.get("/kanaly/aktualnosci.json").json()
    assert (feed["version"], [item["url"] for item in feed["items"]]) == (
        "https://jsonfeed.org/version/1.1", ["http://testserver/aktualnosci/wiadomosc-5/"],
    )  # fmt: skip


def test_the_sitemap_names_pages_with_their_languages(client):
    make_portal()
    text = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/</loc>" in text and 'hreflang="en" href="http://testserver/en/"' in text
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.slow
def test_reading_changes_nothing(client):
    homes = make_portal()
    make_news(homes)
    before = _row_counts()
    for path in (
        "/",
        "/en/",
        "/aktualnosci/",
        "/szukaj/?q=wiadomość",
        "/numer/",
        "/dzielnice/",
        "/kanaly/",
        "/sitemap.xml",
        "/nie-ma/",
    ):
        client.get(path)
    assert _row_counts() == before


def _row_counts() -> dict[str, int]:
    from django.apps import apps

    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


def test_news_without_a_day_cannot_be(django_capture_on_commit_callbacks):
    with pytest.raises(ValidationError):
        make_news(make_portal(), 1, day=None)
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.slow
def test_an_article_shows_what_else_is_in_its_section(client, rows, django_assert_num_queries):
    section = add_page(make_portal()["pl"], SectionPage(title="Sprawy", slug="sprawy"))
    for number in range(rows + 1):
        add_page(section, ArticlePage(title=f"Poradnik {number}", slug=f"poradnik-{number}"))
    client.get("/sprawy/poradnik-0/")

    with django_assert_num_queries(9):
        page = client.get("/sprawy/poradnik-0/").content.decode()

    aside = page[page.index("W tym dziale") : page.index("</aside>")]
    assert [f"Poradnik {number}" in aside for number in range(rows + 1)] == [False, *[True] * rows]


def test_a_process_that_saw_the_portal_before_it_was_founded_serves_it_all_the_same(client):
    make_portal()
    unfounded = [root._replace(root_path=f"/dawniej{root.root_path}") for root in Site.get_site_root_paths()]
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, unfounded, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    page = client.get("/szukaj/")
    assert (page.status_code, 'href="/aktualnosci/"' in page.text) == (200, True)
