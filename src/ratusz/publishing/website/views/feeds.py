"""Feeds, the page about them, sitemap and robots.txt."""

from __future__ import annotations

from datetime import datetime, time

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ratusz.foundation.territory.models import District
from ratusz.publishing.website import feeds
from ratusz.publishing.website.models import NewsPage, SearchDocument
from ratusz.publishing.website.queries import live_news
from ratusz.publishing.website.search.page_entries import PAGES
from ratusz.ui import chrome

ITEMS = 50


@require_safe
def about_feeds(request: HttpRequest) -> HttpResponse:
    """A page for people: what can be followed and how."""
    return render(request, "website/feeds.html", {"districts": District.objects.by_name()})


@require_safe
def news(request: HttpRequest, kind: str) -> HttpResponse:
    """News of the portal."""
    return _answer(
        request, kind, _("News"), "/", [_news_item(request, page) for page in live_news(_language()).defer("body")[:ITEMS]]
    )


@require_safe
def district(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """News that name one district."""
    found = get_object_or_404(District, slug=slug)
    pages = live_news(_language()).filter(districts=found).defer("body")[:ITEMS]
    return _answer(
        request,
        kind,
        _("News: %(district)s") % {"district": found.name},
        reverse("website:district", args=[slug]),
        [_news_item(request, page) for page in pages],
    )


@require_safe
def everything(request: HttpRequest, kind: str) -> HttpResponse:
    """Whatever has a day and may be found by anybody: news, results and what other modules publish."""
    documents = (
        SearchDocument.objects.public()
        .filter(day__isnull=False, language=_language())
        .defer("vector", "body")
        .order_by("-day", "-pk")[:ITEMS]
    )
    return _answer(request, kind, _("Everything new"), "/", [_document_item(request, document) for document in documents])


def _language() -> str:
    return get_language() or "pl"


def _news_item(request: HttpRequest, page: NewsPage) -> feeds.FeedItem:
    published = page.first_published_at or _morning(page.day)
    return feeds.FeedItem(
        id=f"tag:{request.get_host().split(':')[0]},2026:{PAGES}:{page.pk}",
        url=request.build_absolute_uri(page.get_url()),
        title=page.title,
        summary=page.lead,
        published=published,
        updated=page.last_published_at or published,
        language=_language(),
    )


def _document_item(request: HttpRequest, document: SearchDocument) -> feeds.FeedItem:
    moment = _morning(document.day)
    return feeds.FeedItem(
        id=f"tag:{request.get_host().split(':')[0]},2026:{document.source}:{document.key}",
        url=request.build_absolute_uri(document.url),
        title=document.title,
        summary=document.summary,
        published=moment,
        updated=moment,
        language=document.language,
    )


def _morning(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(6)))


def _answer(request: HttpRequest, kind: str, title: str, page_url: str, items: list[feeds.FeedItem]) -> HttpResponse:
    feed = feeds.Feed(
        title=f"{title} – {chrome.city()}",
        url=request.build_absolute_uri(request.path),
        page_url=request.build_absolute_uri(page_url),
        language=_language(),
        items=items,
    )
    if kind == "atom":
        response = HttpResponse(feeds.atom(feed), content_type="application/atom+xml; charset=utf-8")
    elif kind == "json":
        response = JsonResponse(
            feeds.json_feed(feed), json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json"
        )
    else:
        raise Http404
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address: pages with their language versions, districts, and what other modules have in the search."""
    absolute = request.build_absolute_uri
    fixed = ("website:districts", "website:glossary", "website:check-number", "website:feeds")
    entries = [(absolute(reverse(name)), "", {}) for name in fixed]
    entries += [
        (absolute(reverse("website:district", args=[slug])), "", {})
        for slug in District.objects.by_name().values_list("slug", flat=True)
    ]
    entries += _pages(request)
    others = SearchDocument.objects.public().exclude(source=PAGES).order_by("source", "key").values_list("url", "day")
    entries += [(absolute(url), day.isoformat() if day else "", {}) for url, day in others]
    return HttpResponse(feeds.sitemap(entries), content_type="application/xml; charset=utf-8")


def _pages(request: HttpRequest) -> list[tuple[str, str, dict[str, str]]]:
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
    addresses = [(page, request.build_absolute_uri(page.get_url())) for page in pages]
    languages: dict[object, dict[str, str]] = {}
    for page, address in addresses:
        languages.setdefault(page.translation_key, {})[page.locale.language_code] = address
    return [
        (address, page.last_published_at.date().isoformat() if page.last_published_at else "", languages[page.translation_key])
        for page, address in addresses
        if address
    ]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /konto/",
        "Disallow: /szukaj/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b4ea2" d="M0 0h32v32H0z"/>'
    '<path fill="#fff" d="M9 6h4v8l7-8h5l-8 9 8 9h-5l-7-8v8H9z"/><path fill="#ffd23f" d="M0 28h32v4H0z"/></svg>'
)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The city's sign for a browser's tab; without it each visit would ask for a page that is not there."""
    return HttpResponse(_ICON, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=604800"})
