"""Feeds, calendars to subscribe to, and the page that explains them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.ics import calendar_file
from ratusz.foundation.kit.registries import DatedThing
from ratusz.foundation.territory.models import District
from ratusz.publishing.website import feeds, queries
from ratusz.publishing.website.models import SearchDocument, Topic, UnitProfile, WireItem
from ratusz.publishing.website.page_cache import shows
from ratusz.publishing.website.registries import wire_kinds
from ratusz.publishing.website.wire.actions import NEWS
from ratusz.ui import chrome

ITEMS = 50


@require_safe
def about_feeds(request: HttpRequest) -> HttpResponse:
    """A page for people: what can be followed and how."""
    shows(request)
    context = {
        "districts": District.objects.by_name(),
        "topics": Topic.objects.in_use(),
        "units": UnitProfile.objects.working(),
        "forms": [("atom", "Atom"), ("json", "JSON Feed"), ("ics", _("calendar"))],
        "licence": settings.RATUSZ_LICENCE,
        "kinds": [(code, words) for code, words in wire_kinds.items()],
    }
    return render(request, "website/feeds.html", context)


@require_safe
def news(request: HttpRequest, form: str) -> HttpResponse:
    """News of the portal."""
    return _wire(request, form, _("News"), "/", kind=NEWS)


@require_safe
def kind(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Things of one kind: news, messages, changes of pages."""
    if code not in wire_kinds:
        raise Http404
    return _wire(request, form, str(wire_kinds[code]), reverse("website:feeds"), kind=code)


@require_safe
def district(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What names one district, or its dates."""
    found = get_object_or_404(District, slug=slug)
    title, page_url = _("News: %(subject)s") % {"subject": found.name}, reverse("website:district", args=[slug])
    if form == "ics":
        return _calendar(request, title, queries.open_things(request.moment, found.number))
    return _wire(request, form, title, page_url, district=found)


@require_safe
def topic(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What is about one topic, or its dates."""
    found = get_object_or_404(Topic, slug=slug)
    title = _("News: %(subject)s") % {"subject": found.name}
    if form == "ics":
        return _calendar(request, title, queries.things_of(request.moment, topic=found))
    return _wire(request, form, title, found.get_absolute_url(), topic=found)


@require_safe
def unit(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What one unit of the Office answers for, or its dates."""
    profile = get_object_or_404(UnitProfile.objects.select_related("unit"), slug=slug)
    title = _("News: %(subject)s") % {"subject": profile.unit.name}
    if form == "ics":
        return _calendar(request, title, queries.things_of(request.moment, unit=profile.unit))
    return _wire(request, form, title, profile.get_absolute_url(), unit=profile.unit)


@require_safe
def everything(request: HttpRequest, form: str) -> HttpResponse:
    """Whatever has a day and may be found by anybody: news, results and what other modules publish."""
    documents = (
        SearchDocument.objects.public()
        .filter(day__isnull=False, language=_language())
        .defer("vector", "body")
        .order_by("-day", "-pk")[:ITEMS]
    )
    return _answer(request, form, _("Everything new"), "/", [_document_item(request, document) for document in documents])


def _wire(request: HttpRequest, form: str, title: str, page_url: str, **subject: Any) -> HttpResponse:
    items = WireItem.objects.shown().about(**subject).filter(language=_language()).newest_first()
    items = items.prefetch_related("districts", "topics")[:ITEMS]
    return _answer(request, form, title, page_url, [_wire_item(request, item) for item in items])


def _language() -> str:
    return get_language() or "pl"


def _lasting_id(request: HttpRequest, source: str, key: str) -> str:
    return f"tag:{request.get_host().split(':')[0]},2026:{source}:{key}"


def _wire_item(request: HttpRequest, item: WireItem) -> feeds.FeedItem:
    return feeds.FeedItem(
        id=_lasting_id(request, item.source, item.key),
        url=request.build_absolute_uri(item.url),
        title=item.title,
        summary=item.summary,
        published=item.published_at,
        updated=item.updated_at,
        language=item.language,
        version=item.version,
        as_of=item.as_of,
        territory=tuple(district.name for district in item.districts.all()),
        topics=tuple(topic.name for topic in item.topics.all()),
        correction=item.correction,
        withdrawn=item.withdrawn_at,
        point=None if item.longitude is None or item.latitude is None else (item.longitude, item.latitude),
    )


def _document_item(request: HttpRequest, document: SearchDocument) -> feeds.FeedItem:
    moment = timezone.make_aware(datetime.combine(document.day, time(6)))
    return feeds.FeedItem(
        id=_lasting_id(request, document.source, document.key),
        url=request.build_absolute_uri(document.url),
        title=document.title,
        summary=document.summary,
        published=moment,
        updated=moment,
        language=document.language,
    )


def _answer(request: HttpRequest, form: str, title: str, page_url: str, items: list[feeds.FeedItem]) -> HttpResponse:
    feed = feeds.Feed(
        title=f"{title} – {chrome.city()}",
        url=request.build_absolute_uri(request.path),
        page_url=request.build_absolute_uri(page_url),
        language=_language(),
        items=items,
        licence=settings.RATUSZ_LICENCE,
    )
    if form == "atom":
        response = HttpResponse(feeds.atom(feed), content_type="application/atom+xml; charset=utf-8")
    elif form == "json":
        response = JsonResponse(
            feeds.json_feed(feed), json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json"
        )
    else:
        raise Http404
    return open_to_all(request, response, feed.updated)


def _calendar(request: HttpRequest, title: str, things: Iterable[DatedThing]) -> HttpResponse:
    address = request.build_absolute_uri("/").rstrip("/")
    content = calendar_file(things, name=f"{title} – {chrome.city()}", address=address, stamp=request.moment)
    return open_to_all(request, HttpResponse(content, content_type="text/calendar; charset=utf-8"), None)


def open_to_all(request: HttpRequest, response: HttpResponse, changed: datetime | None) -> HttpResponse:
    """Any website may read it; a program that has it already gets 304 (kept pages answer by their own tag before this)."""
    response["Access-Control-Allow-Origin"] = "*"
    seconds = int(changed.timestamp()) if changed else None
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    response["ETag"] = etag = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    return get_conditional_response(request, etag=etag, last_modified=seconds, response=response)
