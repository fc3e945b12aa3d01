"""Reads that span models: what the home page shows, lists of news and pages, breadcrumbs, the menu and its languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import DatedThing, dated_things

from .models import NewsIndexPage, NewsPage, SectionPage
from .registries import parts_of_home

NEWS_ON_HOME = 3
NEWS_ON_A_PAGE = 20
OPEN_AHEAD = timedelta(days=60)
"""How far ahead a public date is worth a place on the home page."""


def open_things(at: datetime, district_number: int | None = None) -> list[DatedThing]:
    """Public dated things that last now or start within 60 days, the one that ends first at the top."""
    things = [
        thing
        for source in dated_things
        for thing in source(at, at + OPEN_AHEAD)
        if thing.is_public and (district_number is None or not thing.district_numbers or district_number in thing.district_numbers)
    ]
    return sorted(things, key=lambda thing: (_last_day(thing), thing.title))


def _last_day(thing: DatedThing) -> date:
    moment = thing.ends or thing.starts
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def live_news(language: str) -> QuerySet[NewsPage]:
    """Published news of a language, newest first."""
    return NewsPage.objects.live().filter(locale__language_code=language).newest_first()


def home_page_content(page: Page) -> dict[str, Any]:
    """What the home page shows besides its own text: open things, three news, parts of upper modules."""
    at = database_now()
    return {
        "open_things": open_things(at),
        "news": list(live_news(page.locale.language_code)[:NEWS_ON_HOME]),
        "parts": parts_of_home(at),
        "at": at,
    }


def pages_of_section(page: SectionPage) -> list[Page]:
    """Published pages directly under a section, in the editors' order, each with its introduction."""
    return list(page.get_children().live().specific(defer=False))


def news_list(page: NewsIndexPage, number: str | None) -> dict[str, Slice]:
    """One page of the list of news."""
    news = NewsPage.objects.live().child_of(page).newest_first()
    return {"news_slice": Paginator(news, NEWS_ON_A_PAGE).get_page(number)}


@dataclass(frozen=True)
class Link:
    """A link in a menu, in breadcrumbs or among languages."""

    text: str
    url: str
    is_current: bool = False
    language: str = ""


def breadcrumbs_of(page: Page) -> list[Link]:
    """The way from the home page down to the page's parent."""
    ancestors = page.get_ancestors().filter(depth__gt=1).only("title", "url_path", "path", "depth", "locale")
    return [Link(ancestor.title, ancestor.url) for ancestor in ancestors]
