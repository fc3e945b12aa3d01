"""The portal of the demo city: home pages, sections, guides, news and fixed pages, in Polish and English. Repeatable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ratusz.demo.portal import fixed, news, pages
from ratusz.foundation.territory.models import District
from ratusz.publishing.website.actions import rebuild_search
from ratusz.publishing.website.founding import add_page, found_portal, link_translations
from ratusz.publishing.website.models import (
    AccessibilityDeclarationPage,
    ArticlePage,
    ContactPage,
    EasyToReadPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PrivacyClause,
    PrivacyPage,
    SectionPage,
    SignLanguagePage,
)


def load_portal(report: Callable[[str], None]) -> None:
    """Founds the portal and fills it; pages that are there already stay as they are."""
    report("portal: strony")
    homes = found_portal(city="Katowice", leads=fixed.HOME_LEADS, news_titles={"pl": "Aktualności", "en": "News"})
    _reach_us(homes)
    _polish_pages(homes["pl"])
    _english_pages(homes["en"])
    _declaration_in_english(homes)
    report("portal: aktualności")
    _news(homes)
    _link_languages(homes)
    report("portal: wyszukiwarka")
    rebuild_search()


def _reach_us(homes: dict[str, HomePage]) -> None:
    for language, contacts in (("pl", fixed.REACH_US), ("en", fixed.REACH_US_ENGLISH)):
        # Read anew: the one in memory does not know its children, and saving it would lose their number.
        home = HomePage.objects.get(pk=homes[language].pk)
        if not home.reach_us:
            home.reach_us = contacts
            home.save_revision().publish()


def _polish_pages(home: HomePage) -> None:
    for section in pages.SECTIONS:
        added = add_page(home, SectionPage(**_without(section, "pages"), show_in_menus=True))
        for page in section["pages"]:
            add_page(added, ArticlePage(**page))
    add_page(home, ArticlePage(**pages.BUDGET_GUIDE))
    add_page(home, ContactPage(**fixed.CONTACT, show_in_menus=True))
    add_page(home, AccessibilityDeclarationPage(**fixed.DECLARATION))
    _add_privacy(home, fixed.PRIVACY)
    add_page(home, EasyToReadPage(**fixed.EASY_TO_READ))
    add_page(home, SignLanguagePage(**fixed.SIGN_LANGUAGE))


def _english_pages(home: HomePage) -> None:
    english = fixed.ENGLISH
    add_page(home, ArticlePage(**english["guide"], show_in_menus=True))
    add_page(home, ArticlePage(**english["office"], show_in_menus=True))
    add_page(home, ContactPage(**english["contact"], show_in_menus=True))
    _add_privacy(home, english["privacy"])
    add_page(home, EasyToReadPage(**english["easy"]))
    add_page(home, SignLanguagePage(**english["sign"]))


def _declaration_in_english(homes: dict[str, HomePage]) -> None:
    """The ids and the wording are never translated, so the English page carries the same text under its own address."""
    add_page(
        homes["en"],
        AccessibilityDeclarationPage(
            **fixed.DECLARATION | {"slug": "accessibility-declaration", "title": "Accessibility declaration"}
        ),
    )


def _add_privacy(home: HomePage, content: dict[str, Any]) -> None:
    clauses = [
        PrivacyClause(purpose=purpose, legal_basis=basis, kept_for=kept, text=text)
        for purpose, basis, kept, text in content["clauses"]
    ]
    add_page(home, PrivacyPage(**_without(content, "clauses"), clauses=clauses))


def _news(homes: dict[str, HomePage]) -> None:
    districts = {district.number: district for district in District.objects.all()}
    for language, entries in (("pl", news.NEWS), ("en", news.ENGLISH_NEWS)):
        index = NewsIndexPage.objects.child_of(homes[language]).get()
        for entry in reversed(entries):
            page = NewsPage(**_without(entry, "districts"))
            page.districts = [districts[number] for number in entry["districts"] if number in districts]
            add_page(index, page)


def _link_languages(homes: dict[str, HomePage]) -> None:
    for kind in (ContactPage, AccessibilityDeclarationPage, PrivacyPage, EasyToReadPage, SignLanguagePage):
        link_translations(kind.objects.child_of(homes["pl"]).get(), kind.objects.child_of(homes["en"]).get())
    guides = [
        ArticlePage.objects.child_of(homes[code]).get(slug=slug)
        for code, slug in (("pl", "jak-dziala-budzet-obywatelski"), ("en", "participatory-budget"))
    ]
    link_translations(*guides)


def _without(content: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in names}
