"""Whole pages kept in memory for visitors without a session. The key holds the content version read anew for every request.

What is kept carries no session, no form token and no cookie; a change of content makes all of it unreachable at once, a minute
makes it old (for what depends on the clock alone). Limits and banners are never kept here: they are rows.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from ratusz.publishing.website.registries import frame_values

MOST_BYTES = 64_000_000
"""Of one process: two thousand pages of the usual 20 to 30 kB."""
LARGEST_PAGE = 400_000
NEVER = ("/admin/", "/konto/", "/powiadomienia/", "/demo/", "/-/", "/ui/", "/static/", "/media/", "/favicon.ico")
_VERSION = "SELECT clock_timestamp(), (SELECT number FROM ratusz_website_contentversion WHERE id = 1)"


@dataclass(frozen=True)
class KeptPage:
    content: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    until: float


class PageCache:
    """Pages by key, at most so many bytes of them; the least recently used one leaves first."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self.most_bytes = most_bytes
        self.bytes_held = 0
        self._pages: OrderedDict[tuple, KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.until < time.monotonic():
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: tuple, page: KeptPage) -> None:
        with self._lock:
            former = self._pages.pop(key, None)
            self._pages[key] = page
            self.bytes_held += len(page.content) - (len(former.content) if former else 0)
            while self.bytes_held > self.most_bytes:
                _key, oldest = self._pages.popitem(last=False)
                self.bytes_held -= len(oldest.content)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.bytes_held = 0


page_cache = PageCache()


def moment_and_version() -> tuple[datetime, int, tuple[str | None, ...]]:
    """In one query: the database's clock, the number that changes with every change of public content (0 before the first),
    and the values that modules want read with it, in the order of their registration."""
    with connection.cursor() as cursor:
        cursor.execute(", ".join([_VERSION, *frame_values]))
        moment, version, *values = cursor.fetchone()
    return moment, version or 0, tuple(values)


def frame_value(request: HttpRequest, name: str) -> str | None:
    """One of the registered values as it is now; pages that the cache passes by ask once a request."""
    if not hasattr(request, "frame_values"):
        request.frame_values = moment_and_version()[2]  # type: ignore[attr-defined]
    return dict(zip((each for each, _sql in frame_values.items()), request.frame_values, strict=True))[name]


class PageCacheMiddleware:
    """Stands before the session: an anonymous GET is answered from memory or its answer is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NEVER) or getattr(request, "is_dummy", False):
            return self.get_response(request)
        request.moment, request.content_version, request.frame_values = moment_and_version()  # type: ignore[attr-defined]
        if not settings.PAGE_CACHE_SECONDS or not _has_no_session(request):
            return self.get_response(request)
        key = (request.content_version, request.frame_values, request.get_host(), request.scheme, request.get_full_path())
        page = page_cache.get(key)
        if page is None:
            response = self.get_response(request)
            # With a form token's cookie already there, an answer does not show whether it carries a token: it is not kept.
            page = None if settings.CSRF_COOKIE_NAME in request.COOKIES else _page_to_keep(response)
            if page is None:
                return response
            page_cache.put(key, page)
        return _answer(request, page)


def _has_no_session(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _page_to_keep(response: HttpResponse) -> KeptPage | None:
    """The answer as it can be kept; None when it is personal, a stream, an error, or says itself how it may be kept."""
    if response.status_code != 200 or response.streaming or response.cookies or len(response.content) > LARGEST_PAGE:
        return None
    if "Cookie" in response.get("Vary", "") or response.has_header("Cache-Control"):
        return None
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    return KeptPage(response.content, tuple(response.items()), etag, time.monotonic() + settings.PAGE_CACHE_SECONDS)


def _is_known(request: HttpRequest, page: KeptPage) -> bool:
    """Whether the visitor has this very page: by its tag or, for programs that send none, by the moment they were given."""
    if "If-None-Match" in request.headers:
        return request.headers["If-None-Match"] == page.etag
    return request.headers.get("If-Modified-Since", "") in {value for name, value in page.headers if name == "Last-Modified"}


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    if _is_known(request, page):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.content)
        for name, value in page.headers:
            response[name] = value
    response["ETag"] = page.etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
