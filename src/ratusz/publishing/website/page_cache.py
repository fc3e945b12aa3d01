"""Whole pages kept in memory for visitors without a session. The key holds the content version read anew for every request.

A page that shows no news says so (`shows_no_news`) and outlives the publication of news: it is kept under the version of everything
else and, a page of the tree, under its own live revision. So publishing a piece of news makes its page and the lists anew, no more.

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
from wagtail.models import Page

from ratusz.publishing.website.registries import frame_values

MOST_BYTES = 64_000_000
"""Of one process: two thousand pages of the usual 20 to 30 kB."""
LARGEST_PAGE = 400_000
NEVER = ("/admin/", "/konto/", "/powiadomienia/", "/demo/", "/-/", "/ui/", "/static/", "/media/", "/favicon.ico")
MOST_ADDRESSES = 20_000
_VERSION = (
    "SELECT clock_timestamp(), (SELECT ARRAY[number, news] FROM ratusz_website_contentversion WHERE id = 1), "
    "(SELECT live_revision_id FROM wagtailcore_page WHERE id = {own_page:d})"
)
NO_PAGE = 0


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
_without_news: dict[str, int] = {}
"""Path of a page that shows no news -> the page of the tree it is (NO_PAGE for others), as its view said last."""


@dataclass(frozen=True)
class Read:
    """What one query tells of the moment of a request."""

    moment: datetime
    everything: int
    """Grows with each change that may show anywhere; 0 before the first."""
    news: int
    own_revision: int | None
    values: tuple[str | None, ...]
    """What modules want read with it, in the order of their registration."""


def read_moment(own_page: int = NO_PAGE) -> Read:
    """In one query: the database's clock, the content's versions, a page's live revision and the registered values."""
    with connection.cursor() as cursor:
        cursor.execute(", ".join([_VERSION.format(own_page=own_page), *frame_values]))
        moment, versions, own_revision, *values = cursor.fetchone()
    everything, news = versions or (0, 0)
    return Read(moment, everything, news, own_revision, tuple(values))


def shows_no_news(request: HttpRequest, page: Page | None = None) -> None:
    """For views: another piece of news changes nothing here. `page`: the page of the tree that is shown, as it was read."""
    request.without_news = (page.pk, page.live_revision_id) if page else (NO_PAGE, None)  # type: ignore[attr-defined]


def _remember(path: str, without_news: tuple[int, int | None] | None) -> None:
    if without_news is None:
        _without_news.pop(path, None)
        return
    if len(_without_news) >= MOST_ADDRESSES:
        _without_news.clear()
    _without_news[path] = without_news[0]


def _version(read: Read, without_news: tuple[int, int | None] | None) -> tuple:
    return (read.everything, read.news) if without_news is None else (read.everything, *without_news)


def frame_value(request: HttpRequest, name: str) -> str | None:
    """One of the registered values as it is now; pages that the cache passes by ask once a request."""
    if not hasattr(request, "frame_values"):
        request.frame_values = read_moment().values  # type: ignore[attr-defined]
    return dict(zip((each for each, _sql in frame_values.items()), request.frame_values, strict=True))[name]


class PageCacheMiddleware:
    """Stands before the session: an anonymous GET is answered from memory or its answer is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NEVER) or getattr(request, "is_dummy", False):
            return self.get_response(request)
        own_page = _without_news.get(request.path)
        read = read_moment(own_page or NO_PAGE)
        request.moment, request.frame_values = read.moment, read.values  # type: ignore[attr-defined]
        request.content_version = (read.everything, read.news)  # type: ignore[attr-defined]
        if not settings.PAGE_CACHE_SECONDS or not _has_no_session(request):
            return self.get_response(request)
        where = (read.values, request.get_host(), request.scheme, request.get_full_path())
        page = page_cache.get((_version(read, None if own_page is None else (own_page, read.own_revision)), *where))
        if page is None:
            response = self.get_response(request)
            without_news = getattr(request, "without_news", None)
            _remember(request.path, without_news)
            # With a form token's cookie already there, an answer does not show whether it carries a token: it is not kept.
            page = None if settings.CSRF_COOKIE_NAME in request.COOKIES else _page_to_keep(response)
            if page is None:
                return response
            page_cache.put((_version(read, without_news), *where), page)
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
