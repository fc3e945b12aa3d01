"""Whole pages kept in memory for visitors without a session. The key holds the content version read anew for every request.

A view that knows which things of the tree its page shows says so (`shows`); the page then outlives every publication that changes
none of them. A page whose view says nothing is made anew after any change.

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
from django.utils.functional import SimpleLazyObject

from ratusz.publishing.website.registries import frame_values

MOST_BYTES = 64_000_000
"""Of one process: two thousand pages of the usual 20 to 30 kB."""
LARGEST_PAGE = 400_000
NEVER = ("/admin/", "/konto/", "/powiadomienia/", "/demo/", "/-/", "/ui/", "/static/", "/media/", "/favicon.ico")
MOST_ADDRESSES = 20_000
_VERSION = (
    "SELECT clock_timestamp(), (SELECT ARRAY[number, changes] FROM ratusz_website_contentversion WHERE id = 1), "
    "(SELECT coalesce(sum(number), 0)::bigint FROM ratusz_website_shownthing WHERE name = ANY(%s))"
)
Things = tuple[str, ...]


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
_shown: dict[str, Things] = {}
"""Path of a page -> the things it shows, as its view said last."""


@dataclass(frozen=True)
class Read:
    """What one query tells of the moment of a request."""

    moment: datetime
    everything: int
    """Grows with each change that may show anywhere; 0 before the first."""
    changes: int
    """Grows with every change."""
    of_things: int
    """The sum of the numbers of the things that were asked for: each only grows, so it stays the same while none has changed."""
    values: tuple[str | None, ...]
    """What modules want read with it, in the order of their registration."""


def read_moment(things: Things = ()) -> Read:
    """In one query: the database's clock, the content's versions, those of some things and the registered values."""
    with connection.cursor() as cursor:
        cursor.execute(", ".join([_VERSION, *(each.replace("%", "%%") for each in frame_values)]), [list(things)])
        moment, versions, of_things, *values = cursor.fetchone()
    everything, changes = versions or (0, 0)
    return Read(moment, everything, changes, of_things, tuple(values))


def shows(request: HttpRequest, *things: str) -> None:
    """For views: of the pages of the tree, this page shows these things (`shown_things`) and no others; without any, none."""
    request.shown_things = tuple(sorted(things))  # type: ignore[attr-defined]


def _remember(path: str, things: Things | None) -> None:
    if things is None:
        _shown.pop(path, None)
        return
    if len(_shown) >= MOST_ADDRESSES:
        _shown.clear()
    _shown[path] = things


def _version(read: Read, things: Things | None) -> tuple:
    """Part of a kept page's key: of everything that may change it."""
    return (read.changes,) if things is None else (read.everything, things, read.of_things)


def _version_before(read: Read, asked: Things | None, things: Things | None) -> tuple | None:
    """The version under the things the page turned out to show, as it was before it was made; None when that is not known."""
    if things is None or things == asked:
        return _version(read, things)
    now = read_moment(things)
    return _version(now, things) if now.changes == read.changes else None


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
        if request.method not in ("GET", "HEAD"):
            # Most are answered by another address; one that shows its page again reads the version when it does.
            request.content_version = SimpleLazyObject(lambda: read_moment().changes)  # type: ignore[attr-defined]
            return self.get_response(request)
        asked = _shown.get(request.path)
        read = read_moment(asked or ())
        request.moment, request.frame_values = read.moment, read.values  # type: ignore[attr-defined]
        request.content_version = read.changes  # type: ignore[attr-defined]
        if not settings.PAGE_CACHE_SECONDS or not _has_no_session(request):
            return self.get_response(request)
        where = (read.values, request.get_host(), request.scheme, request.get_full_path())
        page = page_cache.get((_version(read, asked), *where))
        if page is None:
            response = self.get_response(request)
            # With a form token's cookie already there, an answer does not show whether it carries a token: it is not kept.
            page = None if settings.CSRF_COOKIE_NAME in request.COOKIES else _page_to_keep(response)
            if page is None:
                return response
            things = getattr(request, "shown_things", None)
            _remember(request.path, things)
            version = _version_before(read, asked, things)
            if version is not None:
                page_cache.put((version, *where), page)
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
