"""What pages of the portal tell the registry of dated things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import get_language

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing

from .models import NewsPage, PageCare, PageDate
from .models.pages import is_listed

KIND = "page"


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Dates of published pages, in the language of the moment, that touch the period; news bring their districts."""
    touching = PageDate.objects.touching(local_day(starts), local_day(ends))
    language = get_language() or "pl"
    found = list(touching.public(language, is_listed()).select_related("page__locale"))
    page_ids = {each.page_id for each in found}
    districts, topics, units = _districts_of(page_ids), _topics_of(page_ids), _units_of(page_ids)
    for each in found:
        yield DatedThing(
            kind=KIND,
            title=each.title or each.page.title,
            starts=each.starts,
            ends=each.last_day,
            url=each.page.get_url() or "",
            what_to_do=each.deed,
            district_numbers=tuple(sorted(districts[each.page_id])),
            topics=tuple(sorted(topics[each.page_id])),
            unit=units.get(each.page_id, ""),
            language="" if each.page.locale.language_code == language else each.page.locale.language_code,
        )


def _districts_of(page_ids: set[int]) -> defaultdict[int, list[int]]:
    """Numbers of districts by page; asks nothing when there are no pages."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    if page_ids:
        rows = NewsPage.districts.through.objects.filter(newspage__in=page_ids)
        for page_id, number in rows.values_list("newspage_id", "district__number"):
            found[page_id].append(number)
    return found


def _topics_of(page_ids: set[int]) -> defaultdict[int, list[str]]:
    """Addresses of topics by page; asks nothing when there are no pages."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    if page_ids:
        rows = NewsPage.topics.through.objects.filter(newspage__in=page_ids)
        for page_id, slug in rows.values_list("newspage_id", "topic__slug"):
            found[page_id].append(slug)
    return found


def _units_of(page_ids: set[int]) -> dict[int, str]:
    """Symbols of units by page; asks nothing when there are no pages."""
    owned = PageCare.objects.filter(page__in=page_ids, owner_unit__isnull=False) if page_ids else PageCare.objects.none()
    return dict(owned.values_list("page_id", "owner_unit__short_name"))
