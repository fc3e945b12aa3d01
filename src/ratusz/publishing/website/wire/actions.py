"""Puts things on the open city wire and takes them off: pages of the tree here, what other modules say by `put_on_wire`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.actions import note_change_of_things
from ratusz.publishing.website.models import ArticlePage, NewsPage, PageCare, PageChange, WireItem
from ratusz.publishing.website.models.pages import is_listed
from ratusz.publishing.website.models.wire import PAGES, page_number
from ratusz.publishing.website.registries import wire_listeners
from ratusz.publishing.website.shown_things import WIRE
from ratusz.publishing.website.wire.codes import code_of_page

NEWS, CHANGE = "aktualnosci", "zmiany"
"""Kinds stand in the addresses of feeds, so their codes are Polish."""


@dataclass(frozen=True)
class WireFacts:
    """What a thing says now. Dates, districts and topics included: whatever feeds and letters tell of it."""

    source: str
    key: str
    code: str
    kind: str
    title: str
    url: str
    published_at: datetime
    as_of: datetime
    summary: str = ""
    language: str = "pl"
    correction: str = ""
    corrected_from: str = ""
    """What the correction takes the place of."""
    is_update: bool = False
    """The world has changed: nobody had it wrong."""
    unit: Any = None
    topics: Sequence[Any] = ()
    districts: Sequence[Any] = ()
    longitude: float | None = None
    latitude: float | None = None
    updated_at: datetime | None = None
    """When it was last said anew; without it, the moment it is true as of."""


@transaction.atomic
def put_on_wire(*, facts: WireFacts) -> WireItem:
    """Writes or renews one item; its version grows only when what it says has changed. Listeners hear in the same transaction.

    They get "new", "corrected" (a correction note not heard before), "changed" (all else) or nothing when nothing changed.
    """
    columns = {
        "code": facts.code, "kind": facts.kind, "title": facts.title[:255], "summary": facts.summary, "url": facts.url,
        "language": facts.language, "correction": facts.correction[:300], "unit": facts.unit,
        "corrected_from": facts.corrected_from[:300], "is_update": facts.is_update,
        "longitude": facts.longitude, "latitude": facts.latitude,
    }  # fmt: skip
    moments = {
        "published_at": facts.published_at,
        "updated_at": max(facts.updated_at or facts.as_of, facts.published_at),
        "as_of": facts.as_of,
    }
    item, is_new = WireItem.objects.select_for_update(of=("self",)).get_or_create(
        source=facts.source, key=facts.key, defaults=columns | moments
    )
    event = "new" if is_new else _renew(item, columns, moments)
    item.topics.set(facts.topics)
    item.districts.set(facts.districts)
    if event:
        _tell(item, event)
    return item


def _renew(item: WireItem, columns: dict[str, Any], moments: dict[str, datetime]) -> str:
    changed = {name for name, value in columns.items() if getattr(item, name) != value}
    if not changed and item.withdrawn_at is None and item.as_of == moments["as_of"]:
        return ""
    for name, value in (columns | moments).items():
        setattr(item, name, value)
    item.version, item.withdrawn_at = item.version + 1, None
    item.save()
    return "corrected" if "correction" in changed and item.correction else "changed"


@transaction.atomic
def take_off_wire(*, source: str, key: str) -> None:
    """Leaves a trace of a thing that is no longer said; nothing happens to one that was never on the wire."""
    item = WireItem.objects.select_for_update(of=("self",)).filter(source=source, key=key, withdrawn_at=None).first()
    if item is not None:
        item.withdrawn_at = database_now()
        item.save(update_fields=["withdrawn_at"])
        _tell(item, "withdrawn")


def _tell(item: WireItem, event: str) -> None:
    note_change_of_things(things={WIRE})
    for listener in wire_listeners:
        listener(item, event)


def page_to_wire(page: Page, is_public: bool) -> None:
    """What the portal itself registers among the listeners to pages."""
    facts = facts_of_page(page) if is_public else None
    if facts is None:
        take_off_wire(source=PAGES, key=str(page.pk))
    else:
        put_on_wire(facts=facts)


def facts_of_page(page: Page) -> WireFacts | None:
    """News always; a guide once it has an important change. None for every other page."""
    page = page.specific
    change = page.changes.first() if isinstance(page, (NewsPage, ArticlePage)) else None
    if not (isinstance(page, NewsPage) or change):
        return None
    care = PageCare.objects.filter(page=page.pk).select_related("owner_unit").first()
    is_news = isinstance(page, NewsPage)
    published = page.first_published_at if is_news or change is None else change.changed_at
    published = published or database_now()
    as_of = max(page.last_published_at or published, published)
    return WireFacts(
        source=PAGES, key=str(page.pk), code=code_of_page(page), kind=NEWS if is_news else CHANGE,
        title=page.title, url=page.get_url(), published_at=published, as_of=as_of, summary=page.lead,
        language=page.locale.language_code, correction=change.note if change else "", unit=care.owner_unit if care else None,
        topics=list(page.topics.all()) if is_news else (), districts=list(page.districts.all()) if is_news else (),
    )  # fmt: skip


def sync_wire() -> int:
    """Mends what was missed because a process died between publishing and its after-commit work; how many things that was."""
    open_pages = Page.objects.live().filter(is_listed())
    missed = [*_unheard(NewsPage.objects.filter(pk__in=open_pages)), *_unheard(_changed_guides().filter(pk__in=open_pages))]
    for page in missed:
        page_to_wire(page, is_public=True)
    standing = WireItem.objects.standing().filter(source=PAGES).annotate(number=page_number())
    gone = list(standing.exclude(number__in=open_pages.values("pk")).values_list("key", flat=True))
    for key in gone:
        take_off_wire(source=PAGES, key=key)
    return len(missed) + len(gone)


def _changed_guides() -> QuerySet[ArticlePage]:
    return ArticlePage.objects.filter(Exists(PageChange.objects.filter(page=OuterRef("pk"))))


def _unheard(pages: QuerySet) -> list[Page]:
    heard = WireItem.objects.standing().filter(source=PAGES, key=Cast(OuterRef("pk"), CharField())).values("as_of")
    heard_of = pages.filter(last_published_at__isnull=False).annotate(heard=Subquery(heard))
    return list(heard_of.filter(Q(heard=None) | Q(heard__lt=F("last_published_at"))))
