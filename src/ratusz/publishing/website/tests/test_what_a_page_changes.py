"""Publishing a page makes anew the kept pages that show it, whatever kind it is; every other one stays, and none is stale."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.website.actions import bring_back, put_aside
from ratusz.publishing.website.blocks import CallToActionBlock
from ratusz.publishing.website.factories import make_article, make_care, make_declaration, make_news, make_portal
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.kept_parts import forget_parts
from ratusz.publishing.website.models import (
    ArticlePage,
    ContactPage,
    EasyToReadPage,
    GuidePage,
    NewsPage,
    PageChange,
    PageDate,
    PageStanding,
    PrivacyPage,
    PublicPage,
    SectionPage,
    ShownThing,
    SignLanguagePage,
    Topic,
    UnitProfile,
)
from ratusz.publishing.website.page_cache import page_cache

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DAY = date(2026, 12, 5)
TEXTS = {
    ArticlePage: "body", NewsPage: "body", SectionPage: "body", GuidePage: "body", ContactPage: "contacts", EasyToReadPage: "ideas",
    SignLanguagePage: "recordings", PrivacyPage: "body_intro",
}  # fmt: skip
SEARCHES = ("/szukaj/?q=tekst", "/szukaj/?q=wstep")
OTHERS = (
    "/", "/en/", "/aktualnosci/", "/dzielnice/", "/dzielnice/zaleze/", "/tematy/", "/tematy/zielen/", "/komorki/", "/komorki/opieka/",
    "/slownik/", "/kanaly/", "/kod-zrodlowy/", "/komunikaty/",
)  # fmt: skip


DRAWN_AT_ONCE = ("/slownik/", "/kod-zrodlowy/")
"""Pages that ask nothing but the frame, which is kept: how many queries they cost does not tell whether they are made anew."""


@pytest.fixture
def portal(settings):
    settings.PAGE_CACHE_SECONDS, settings.KEEP_PARTS = 60, True
    forget()
    homes = make_portal()
    section = add_page(homes["pl"], SectionPage(title="Dział", slug="dzial", lead="Wstęp.", show_in_menus=True, care=make_care()))
    below = {
        kind: add_page(section, kind(title=f"Strona {number}", slug=f"strona-{number}", lead="Wstęp.", care=make_care()))
        for number, kind in enumerate((ArticlePage, GuidePage, ContactPage, EasyToReadPage, SignLanguagePage, PrivacyPage))
    }
    beside = add_page(section, ArticlePage(title="Obok", slug="obok", lead="Wstęp.", care=make_care()))
    DistrictFactory(number=4, name="Załęże", slug="zaleze")
    care = beside.care.first()
    UnitProfile.objects.create(unit=care.owner_unit, slug="opieka", purpose="Opieka nad stronami")
    Topic.objects.create(name="Zieleń", slug="zielen", description="Parki")
    pages = {"section": section, "beside": beside, "article": make_article(homes), "news": make_news(homes, 1)}
    pages |= {"other news": make_news(homes, 2), "declaration": make_declaration(homes)}
    pages |= {kind.__name__: page for kind, page in below.items()}
    yield homes | pages
    forget()


def forget() -> None:
    page_cache.clear()
    forget_parts()


def addresses(portal) -> list[str]:
    pages = Page.objects.live().filter(depth__gt=2).order_by("pk")
    return [*OTHERS, *SEARCHES, *sorted({page.url for page in pages})]


def visited(client, paths) -> dict[str, tuple[int, str]]:
    return {path: answer(client, path) for path in paths}


def answer(client, path) -> tuple[int, str]:
    got = client.get(path)
    return got.status_code, got.text


def made_anew(client, django_assert_max_num_queries, paths) -> set[str]:
    """Those of the pages whose answer was not kept: a kept one costs the one query that reads the moment."""
    anew = set()
    for path in paths:
        with django_assert_max_num_queries(200) as captured:
            client.get(path)
        anew |= {path} if len(captured) > 1 else set()
    return anew


def publish(page, **changes) -> None:
    found = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(found, name, value)
    found.save_revision().publish()


def text_for(kind: type[PublicPage], words: str):
    blocks = {"body": ("paragraph", f"<p>{words}</p>"), "ideas": ("heading", {"text": words, "level": "h2"})}
    contact = ("contact", {"unit": words, "about": ""})
    field = TEXTS[kind]
    return f"<p>{words}</p>" if field == "body_intro" else [blocks.get(field, contact)]


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.__name__)
def test_a_text_shows_on_its_own_page_alone(
    kind, client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    page = next(each for each in portal.values() if type(each) is kind)
    paths = addresses(portal)
    visited(client, paths)
    assert made_anew(client, django_assert_max_num_queries, paths) == set()
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, **{TEXTS[kind]: text_for(kind, "Zupełnie nowy tekst")})
    lists = {"/", "/en/", "/aktualnosci/", "/en/news/", "/dzielnice/zaleze/"} if kind is NewsPage else set()
    lists |= {"/tematy/zielen/", "/komorki/opieka/"} if kind is NewsPage else set()
    assert made_anew(client, django_assert_max_num_queries, paths) == {page.url, *SEARCHES} | lists
    assert "Zupełnie nowy tekst" in client.get(page.url).text
    assert page.url in client.get("/szukaj/?q=zupelnie+nowy").text


def changed_by(client, portal, capture, most_queries, change) -> set[str]:
    """Addresses made anew by a change, besides the search, where a change of anything may show."""
    paths = addresses(portal)
    visited(client, paths)
    with capture(execute=True):
        change()
    return made_anew(client, most_queries, paths) - {*SEARCHES}


def test_an_introduction_shows_in_the_section(client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries):
    article = portal["ArticlePage"]
    seen = changed_by(
        client,
        portal,
        django_capture_on_commit_callbacks,
        django_assert_max_num_queries,
        lambda: publish(article, lead="Inny wstęp."),
    )
    assert seen == {article.url, portal["section"].url}
    assert "Inny wstęp." in client.get(portal["section"].url).text


def test_a_date_shows_where_dates_are_listed(client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries):
    article = portal["ArticlePage"]
    dates = [PageDate(title="Dzień otwarty", first_day=timezone.localdate() + timedelta(days=3))]
    seen = changed_by(
        client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries, lambda: publish(article, dates=dates)
    )
    lists = {
        "/",
        "/en/",
        "/dzielnice/zaleze/",
        "/tematy/zielen/",
        "/komorki/opieka/",
        portal["section"].url,
        portal["GuidePage"].url,
    }
    assert seen == {article.url} | lists
    assert "Dzień otwarty" in client.get("/").text


def test_who_looks_after_a_page_shows_at_the_unit(
    client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    article, care = portal["ArticlePage"], make_care()
    care[0].owner_unit = UnitFactory(name="Wydział Inny", short_name="INNY")
    seen = changed_by(
        client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries, lambda: publish(article, care=care)
    )
    assert seen == {article.url, "/komorki/opieka/"}
    assert f'href="{article.url}"' not in client.get("/komorki/opieka/").text


def test_a_new_page_shows_above_and_beside_it(client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries):
    section, beside = portal["section"], portal["beside"]
    seen = changed_by(
        client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries,
        lambda: add_page(Page.objects.get(pk=section.pk), ArticlePage(title="Nowa", slug="nowa", care=make_care())),
    )  # fmt: skip
    assert seen == {section.url, beside.url, portal["ArticlePage"].url, "/komorki/opieka/"}
    assert all('href="/dzial/nowa/"' in client.get(path).text for path in (section.url, beside.url, "/komorki/opieka/"))


@pytest.mark.parametrize("change", [{"title": "Inny tytuł"}, {"slug": "inny"}, {"show_in_menus": True}], ids=str)
def test_a_title_an_address_or_a_menu_changes_every_page(
    change, client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    article = portal["ArticlePage"]
    seen = changed_by(
        client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries, lambda: publish(article, **change)
    )
    assert seen >= {*OTHERS} - {*DRAWN_AT_ONCE}


def test_a_page_published_again_after_it_was_down_changes_every_page(
    client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    article = portal["ArticlePage"]
    with django_capture_on_commit_callbacks(execute=True):
        ArticlePage.objects.get(pk=article.pk).unpublish()
    assert ShownThing.objects.get(name=f"page {article.pk}").outline is None
    seen = changed_by(client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries, lambda: publish(article))
    assert seen >= {*OTHERS} - {*DRAWN_AT_ONCE}


class Editor:
    """Does one thing after another to the pages of a small portal, drawn by lot."""

    def __init__(self, portal, dice: random.Random):
        self.portal, self.dice, self.number = portal, dice, 0

    def page(self, *kinds: type) -> PublicPage:
        found = [
            page
            for page in Page.objects.live().filter(depth__gt=2).order_by("pk").specific()
            if isinstance(page, kinds or PublicPage)
        ]
        return self.dice.choice(found)

    def word(self) -> str:
        self.number += 1
        return f"Słowo{self.number}"

    def text(self) -> None:
        page = self.page(*TEXTS)
        publish(page, **{TEXTS[type(page)]: text_for(type(page), self.word())})

    def lead(self) -> None:
        publish(self.page(), lead=self.word())

    def title(self) -> None:
        publish(self.page(), title=self.word())

    def slug(self) -> None:
        publish(self.page(ArticlePage, NewsPage), slug=self.word().lower().replace("ł", "l"))

    def menu(self) -> None:
        page = self.page()
        publish(page, show_in_menus=not page.show_in_menus)

    def dates(self) -> None:
        page = self.page(ArticlePage, NewsPage, GuidePage, SectionPage)
        day = timezone.localdate() + timedelta(days=self.dice.randint(1, 20))
        publish(page, dates=self.dice.choice([[], [PageDate(title=self.word(), first_day=day)], [PageDate(first_day=day)]]))

    def change(self) -> None:
        publish(self.page(ArticlePage, NewsPage), changes=self.dice.choice([[], [PageChange(note=self.word())]]))

    def care(self) -> None:
        care = make_care()
        care[0].owner_unit = self.dice.choice([care[0].owner_unit, UnitFactory(name=self.word(), short_name=self.word())])
        publish(self.page(), care=care)

    def subjects(self) -> None:
        topics, districts = list(Topic.objects.all()), list(District.objects.filter(slug="zaleze"))
        publish(self.page(NewsPage), topics=self.dice.choice([[], topics]), districts=self.dice.choice([[], districts]))

    def new(self) -> None:
        section = Page.objects.get(pk=self.portal["section"].pk)
        kind = self.dice.choice([ArticlePage, GuidePage, EasyToReadPage])
        add_page(section, kind(title=self.word(), slug=self.word().lower().replace("ł", "l"), care=make_care()))

    def new_news(self) -> None:
        make_news(self.portal, self.dice.randint(3, 28))

    def translation(self) -> None:
        page = self.page(ArticlePage)
        if page.locale.language_code == "pl" and not page.get_translations().exists():
            english = ArticlePage(title=self.word(), slug=self.word().lower().replace("ł", "l"), care=make_care())
            english.translation_key = page.translation_key
            add_page(Page.objects.get(pk=self.portal["en"].pk), english)

    def link(self) -> None:
        button = {"text": self.word(), "page": self.page().pk, "address": "", "until": ""}
        publish(self.page(ArticlePage), body=[("call_to_action", CallToActionBlock().to_python(button))])

    def down(self) -> None:
        self.page(ArticlePage, NewsPage).unpublish()

    def up(self) -> None:
        page = Page.objects.filter(live=False, depth__gt=2).order_by("pk").first()
        if page:
            publish(page.specific)

    def aside(self) -> None:
        page = self.page(ArticlePage, NewsPage)
        put_aside(page=page, standing="archived", since_date=DAY)

    def back(self) -> None:
        standing = PageStanding.objects.first()
        if standing:
            bring_back(page=standing.page)

    def move(self) -> None:
        self.page(ArticlePage).move(Page.objects.get(pk=self.portal["section"].pk), "first-child")


EDITS = [name for name in vars(Editor) if not name.startswith("_") and name not in ("page", "word")]


def compare_after(client, portal, settings, capture, seed: int, edits: int) -> None:
    dice = random.Random(seed)
    editor = Editor(portal, dice)
    visited(client, addresses(portal))
    for edit in [dice.choice(EDITS) for _ in range(edits)]:
        with capture(execute=True):
            getattr(editor, edit)()
        paths = addresses(portal)
        kept = visited(client, paths)
        settings.PAGE_CACHE_SECONDS, settings.KEEP_PARTS = 0, False
        fresh = visited(client, paths)
        settings.PAGE_CACHE_SECONDS, settings.KEEP_PARTS = 60, True
        assert [path for path in paths if kept[path] != fresh[path]] == [], (edit, editor.number)


def test_after_any_edit_kept_pages_are_as_fresh_ones(client, portal, settings, django_capture_on_commit_callbacks):
    compare_after(client, portal, settings, django_capture_on_commit_callbacks, 1, 3)


@pytest.mark.parametrize("seed", range(2, 4))
def test_after_many_edits_kept_pages_are_as_fresh_ones(seed, client, portal, settings, django_capture_on_commit_callbacks):
    compare_after(client, portal, settings, django_capture_on_commit_callbacks, seed, 12)
