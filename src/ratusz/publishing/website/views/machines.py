"""What search engines and browsers ask for: sitemap, robots.txt, the icon."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ratusz.foundation.territory.models import District
from ratusz.publishing.website import feeds
from ratusz.publishing.website.models import SearchDocument, Topic, UnitProfile
from ratusz.publishing.website.models.standing import set_aside
from ratusz.publishing.website.search.page_entries import PAGES


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address: pages with their language versions, districts, and what other modules have in the search."""
    absolute = request.build_absolute_uri
    fixed = (
        "website:districts",
        "website:glossary",
        "website:check-number",
        "website:feeds",
        "website:topics",
        "website:units",
        "website:messages",
    )
    entries = [(absolute(reverse(name)), "", {}) for name in fixed]
    entries += [
        (absolute(reverse("website:district", args=[slug])), "", {})
        for slug in District.objects.by_name().values_list("slug", flat=True)
    ]
    for rows in (Topic.objects.in_use(), UnitProfile.objects.working()):
        entries += [(absolute(row.get_absolute_url()), "", {}) for row in rows]
    entries += _pages(request)
    others = SearchDocument.objects.public().exclude(source=PAGES).order_by("source", "key").values_list("url", "day")
    entries += [(absolute(url), day.isoformat() if day else "", {}) for url, day in others]
    return HttpResponse(feeds.sitemap(entries), content_type="application/xml; charset=utf-8")


def _pages(request: HttpRequest) -> list[tuple[str, str, dict[str, str]]]:
    pages = Page.objects.live().public().filter(~set_aside(), depth__gt=1).select_related("locale").order_by("path")
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
