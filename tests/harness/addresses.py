"""Every public page kind, found by itself: addresses without arguments in the URLconf, and the sitemap by kind."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

NOT_PUBLIC = ("admin/", "-/", "konto/", "demo/")
OF_A_KIND = 2
"""How many addresses of one kind are visited: kinds differ by route, pages of the tree by their type."""


def fixed_addresses() -> list[str]:
    """Addresses in the URLconf that take no arguments and are no staff's."""
    return sorted({f"/{route}" for route in _routes(get_resolver()) if not route.startswith(NOT_PUBLIC)})


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        elif isinstance(entry, URLPattern) and not any(sign in route for sign in "<(^$?*"):
            yield route


def sitemap_addresses(client: Client) -> list[str]:
    """Paths of the sitemap, at most two of each kind."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    kinds: dict[str, list[str]] = {}
    for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        path = urlsplit(place.text or "").path
        kinds.setdefault(_kind(path), []).append(path)
    return [path for paths in kinds.values() for path in paths[:OF_A_KIND]]


def _kind(path: str) -> str:
    from wagtail.models import Page

    match = resolve(path)
    if match.url_name != "wagtail_serve":
        return match.route
    page = Page.objects.filter(url_path__endswith="/" + path.strip("/").removeprefix("en").strip("/") + "/").first()
    return f"page {page.specific_class.__name__}" if page else f"page {path}"


def public_pages(client: Client) -> list[str]:
    """Addresses that answer an anonymous visitor with an HTML page."""
    found = dict.fromkeys(fixed_addresses() + sitemap_addresses(client))
    return [path for path in found if _is_page(client, path)]


def _is_page(client: Client, path: str) -> bool:
    answer = client.get(path)
    # A file to download is a stream that its reader has to close.
    answer.close()
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
