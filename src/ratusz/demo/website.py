"""The portal of the demo city: home pages, sections, guides, news and fixed pages, in Polish and English. Repeatable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from ratusz.demo.portal import fixed, news, pages
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
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
    PageCare,
    PageDate,
    PrivacyClause,
    PrivacyPage,
    PublicPage,
    SectionPage,
    SignLanguagePage,
)

CARE_CONTACT = "komunikacja@ratusz.example"
FIRST_REVIEW, BETWEEN_REVIEWS, FOUNDED_REVIEW = -10, 4, 200
"""Days from the day of loading to the first page's review, and from one page's to the next."""


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
    _look_after_what_was_founded()
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
        added = _place(home, SectionPage(**{"show_in_menus": True, **_without(section, "pages")}))
        for page in section["pages"]:
            _place(added, ArticlePage(**page))
    _place(home, ArticlePage(**pages.BUDGET_GUIDE))
    _place(home, ContactPage(**fixed.CONTACT, show_in_menus=True))
    _place(home, AccessibilityDeclarationPage(**fixed.DECLARATION))
    _add_privacy(home, fixed.PRIVACY)
    _place(home, EasyToReadPage(**fixed.EASY_TO_READ))
    _place(home, SignLanguagePage(**fixed.SIGN_LANGUAGE))


def _english_pages(home: HomePage) -> None:
    english = fixed.ENGLISH
    _place(home, ArticlePage(**english["guide"], show_in_menus=True))
    _place(home, ArticlePage(**english["office"], show_in_menus=True))
    _place(home, ContactPage(**english["contact"], show_in_menus=True))
    _add_privacy(home, english["privacy"])
    _place(home, EasyToReadPage(**english["easy"]))
    _place(home, SignLanguagePage(**english["sign"]))


def _declaration_in_english(homes: dict[str, HomePage]) -> None:
    """The ids and the wording are never translated, so the English page carries the same text under its own address."""
    _place(
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
    _place(home, PrivacyPage(**_without(content, "clauses"), clauses=clauses))


def _news(homes: dict[str, HomePage]) -> None:
    districts = {district.number: district for district in District.objects.all()}
    for language, entries in (("pl", news.NEWS), ("en", news.ENGLISH_NEWS)):
        index = NewsIndexPage.objects.child_of(homes[language]).get()
        for entry in reversed(entries):
            page = NewsPage(**_without(entry, "districts", "dates"))
            page.dates = [_date(given) for given in entry.get("dates", ())]
            page.districts = [districts[number] for number in entry["districts"] if number in districts]
            _place(index, page)


def _date(given: dict[str, Any]) -> PageDate:
    """A date of the demo: on its own day, or `since` days ago `for_days` days, so that something is open whenever it is shown."""
    if "for_days" not in given:
        return PageDate(**given)
    first = timezone.localdate() - timedelta(days=given["since"])
    last = timezone.localdate() + timedelta(days=given["for_days"])
    return PageDate(title=given["title"], first_day=first, last_day=last, deed=given["deed"])


def _place(parent: Page, page: PublicPage) -> PublicPage:
    """Adds a page with the unit that answers for it; reviews are spread over the year, the oldest text first."""
    page.care = [_care(FIRST_REVIEW + BETWEEN_REVIEWS * Page.objects.count())]
    return add_page(parent, page)


def _look_after_what_was_founded() -> None:
    """Home pages and lists of news come with the portal itself, before anybody can say who looks after them."""
    for page in (*HomePage.objects.filter(care=None), *NewsIndexPage.objects.filter(care=None)):
        page.care = [_care(FOUNDED_REVIEW)]
        page.save_revision().publish()


def _care(days: int) -> PageCare:
    unit = Unit.objects.filter(short_name="KS").first()
    return PageCare(owner_unit=unit, contact=CARE_CONTACT, review_date=timezone.localdate() + timedelta(days=days))


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
