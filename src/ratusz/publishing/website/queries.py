"""Reads that span models: what the home page shows, lists of news and pages, breadcrumbs, the districts."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import last_day_of, local_day
from ratusz.foundation.kit.registries import DatedThing, dated_things
from ratusz.foundation.territory.models import District, RegisteredCount
from ratusz.foundation.territory.tiles import tile_places
from ratusz.ui.parts import Link, Tile

from .models import NewsIndexPage, NewsPage, PageStanding, SectionPage, WireItem
from .models.pages import is_listed, under_a_restriction
from .registries import parts_of_home

HOME_DEPTH = 2
NEWS_ON_HOME = 3
NEWS_ON_A_PAGE = 20
NEWS_OF_A_DISTRICT = 5
NEWS_OF_A_SUBJECT = 20
OPEN_AHEAD = timedelta(days=60)
"""How far ahead a public date is worth a place on the home page."""
LASTS = timedelta(hours=3)
"""How long something with an hour is taken to last when nobody has written its end."""
_LINKED = re.compile(r'href="([^"?#]+)')


def open_things(at: datetime, district_number: int | None = None) -> list[DatedThing]:
    """Public dated things of now and the next 60 days by the day that stands beside them: the last one."""
    things = [
        thing
        for source in dated_things
        for thing in source(at, at + OPEN_AHEAD)
        if thing.is_public
        and not is_over(thing, at)
        and (district_number is None or not thing.district_numbers or district_number in thing.district_numbers)
    ]
    return sorted(things, key=lambda thing: (last_day(thing), thing.title))


def things_of(at: datetime, topic: Any = None, unit: Any = None) -> list[DatedThing]:
    """Public dated things of now and the next 60 days that are about a topic, or that a unit answers for."""
    things = open_things(at)
    return [thing for thing in things if (topic and topic.slug in thing.topics) or (unit and unit.short_name == thing.unit)]


def news_about(language: str, **subject: Any) -> list[WireItem]:
    """The newest things on the wire about a topic or of a unit."""
    return list(WireItem.objects.shown().standing().about(**subject).filter(language=language).newest_first()[:NEWS_OF_A_SUBJECT])


def pages_of_unit(unit: Any, language: str) -> list[Page]:
    """Published pages besides news that a unit answers for, by their titles."""
    pages = Page.objects.live().filter(is_listed(), care__owner_unit=unit, locale__language_code=language)
    return list(pages.not_type(NewsPage).filter(depth__gt=HOME_DEPTH).order_by("title"))


def open_in_section(page: SectionPage, at: datetime | None) -> list[DatedThing]:
    """Public dated things of pages below a section, or of pages that its own text leads to."""
    own, linked = page.get_url() or "/", set(_LINKED.findall(str(page.body)))
    things = open_things(at or database_now())
    return [thing for thing in things if thing.url and (thing.url.startswith(own) or thing.url in linked)]


def is_open(thing: DatedThing, at: datetime) -> bool:
    """Whether people can do something about it now."""
    return bool(thing.what_to_do) and local_day(thing.starts) <= local_day(at) <= last_day(thing)


def is_over(thing: DatedThing, at: datetime) -> bool:
    """Whether its hour has passed; what has no hour lasts the whole of its last day."""
    if isinstance(thing.ends, datetime):
        return thing.ends <= at
    return thing.ends is None and isinstance(thing.starts, datetime) and thing.starts + LASTS <= at


def last_day(thing: DatedThing) -> date:
    """The day a thing ends, or happens."""
    return last_day_of(thing.ends) if thing.ends else local_day(thing.starts)


def live_news(language: str) -> QuerySet[NewsPage]:
    """Published news of a language, newest first."""
    return NewsPage.objects.live().filter(is_listed(), locale__language_code=language).newest_first()


def home_page_content(at: datetime | None) -> dict[str, Any]:
    """What the home page shows besides its own text: open things, three news, parts of upper modules, the districts."""
    at = at or database_now()
    news = list(live_news(get_language() or "pl").defer("body")[:NEWS_ON_HOME])
    things = sorted(open_things(at), key=lambda thing: not is_open(thing, at))
    open_now = things[0] if things and is_open(things[0], at) else None
    return {
        "open_now": open_now,
        "coming": things[1:] if open_now else things,
        "news": news,
        "news_index_url": news[0].url.rstrip("/").rpartition("/")[0] + "/" if news else "",
        "parts": parts_of_home(at),
        "tiles": district_tiles(),
    }


def pages_of_section(page: SectionPage) -> list[Page]:
    """Published pages directly under a section, in the editors' order, each with its introduction."""
    return list(page.get_children().live().filter(is_listed()).specific())


def pages_beside(page: Page) -> list[Link]:
    """Published pages under the same section, this one among them; none for pages that stand right under the home page."""
    if page.depth <= HOME_DEPTH + 1:
        return []
    pages = page.get_siblings().live().filter(is_listed()).only("title", "url_path", "path", "depth", "locale_id")
    return [Link(each.title, each.get_url()) for each in pages]


def news_list(page: NewsIndexPage, number: str | None) -> dict[str, Slice]:
    """One page of the list of news."""
    news = NewsPage.objects.live().child_of(page).filter(is_listed()).newest_first().defer("body")
    return {"news_slice": Paginator(news, NEWS_ON_A_PAGE).get_page(number)}


def breadcrumbs_of(page: Page) -> list[Link]:
    """The way from the home page down to the page's parent; one query."""
    ancestors = page.get_ancestors().filter(depth__gt=1).only("title", "url_path", "path", "depth", "locale_id")
    return [
        Link(gettext("Home page") if ancestor.depth == HOME_DEPTH else ancestor.title, ancestor.get_url()) for ancestor in ancestors
    ]


def district_tiles(current: District | None = None) -> list[Tile]:
    """All districts as tiles of the map, in the order of the Polish alphabet; one query."""
    places = tile_places()
    districts = District.objects.by_name().only("number", "name", "slug")
    return [
        Tile(
            number=district.number,
            short_name=places[district.number].short_name,
            name=district.name,
            url=reverse("website:district", args=[district.slug]),
            column=places[district.number].column,
            row=places[district.number].row,
            is_current=current is not None and current.pk == district.pk,
        )
        for district in districts
        if district.number in places
    ]


def districts_with_counts() -> QuerySet[District]:
    """All districts by name, each with its counts of registered people, newest first."""
    return District.objects.by_name().prefetch_related(Prefetch("registered_counts", RegisteredCount.objects.order_by("-day")))


def news_of_district(district: District, language: str) -> list[NewsPage]:
    """The newest published news that name the district."""
    return list(live_news(language).filter(districts=district).defer("body")[:NEWS_OF_A_DISTRICT])


def page_at(path: str, language: str) -> Page | None:
    """The published page at a path below the home page of a language, with all its own fields; two queries.

    Its `is_closed` says whether it, or a page above it, is not for everybody; `standing_now` whether it was set aside.
    """
    root = next((root for root in Site.get_site_root_paths() if root.language_code == language), None)
    if root is None:
        return None
    below = "".join(f"{part}/" for part in path.split("/") if part)
    found = Page.objects.live().filter(url_path=root.root_path + below).annotate(is_closed=under_a_restriction())
    page = found.select_related("standing").first()
    if page is None:
        return None
    specific = page.specific
    specific.is_closed, specific.standing_now = page.is_closed, getattr(page, "standing", None)
    return specific


def standing_of(page: Page) -> PageStanding | None:
    """Whether a page was set aside; asks only when it was not read by `page_at` (previews, pages for some people only)."""
    if hasattr(page, "standing_now"):
        return page.standing_now
    return PageStanding.objects.filter(page=page.pk).first()
