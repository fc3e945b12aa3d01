"""Parts of the portal that stand under a domain and a brand of their own, for example the participatory budget.

Paths are the same on every host, so an old edition keeps its address for ever; only the host before it differs. A page belongs to
one site alone: the other host leads there. Forms are never led away: what was filled in arrives where the form stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from ratusz.foundation.kit.registries import Registry
from ratusz.ui.parts import Link

SHARED = ("/-/", "/static/", "/media/", "/robots.txt", "/favicon.ico", "/szukaj/", "/numer/", "/czy-pomocna/")
"""What every host answers itself: files, health, the search, the check of numbers, a reader's word about a page."""
KNOWN_FOR = "public, max-age=3600"
"""How long a browser may remember where a page moved: an hour, should a city give the domain up."""


@dataclass(frozen=True)
class OwnSite:
    """A part of the portal with a domain of its own. All but `brand` is asked at each request, in its language."""

    brand: str
    """Name of the brand's tokens (`ui/styles/tokens.css`) and of its sign."""
    address: Callable[[], str]
    """https://budzet.example.pl; empty where a city gives it no domain: then nothing changes."""
    former_hosts: Callable[[], Sequence[str]]
    """Names the site had before; whoever comes by one is led to the same path."""
    paths: Callable[[], Sequence[str]]
    """Beginnings of the paths that belong to it, without the language."""
    leads_here: Callable[[], bool]
    """Whether the city's host leads to the site, instead of showing the same page with a note of its one address."""
    start: Callable[[], str]
    """Path of the page that stands for the host's own home page, in Polish."""
    search_kind: str
    """What the search in its head looks for: a name of `search_kinds`."""
    name: Callable[[], str]
    menu: Callable[[], tuple[Link, ...]]


own_sites: Registry[OwnSite] = Registry("sites under a domain of their own")


def host_of(address: str) -> str:
    return urlsplit(address).netloc.lower()


def site_asked(request: HttpRequest) -> OwnSite | None:
    """The site whose host was asked; None on the city's own."""
    host = request.get_host().lower()
    return next((site for site in own_sites if site.address() and host == host_of(site.address())), None)


def site_of_path(path: str) -> OwnSite | None:
    """The site a path belongs to, as far as a city has given it a domain."""
    plain = _without_language(path)
    return next((site for site in own_sites if site.address() and plain.startswith(tuple(site.paths()))), None)


def full_address(path: str) -> str:
    """The whole address of a path of ours, for letters, papers and codes: under the domain the page belongs to."""
    site = site_of_path(path)
    return (site.address() if site else settings.PUBLIC_ADDRESS).rstrip("/") + path


def canonical_address(request: HttpRequest) -> str:
    """The one address of a page that two hosts may show; "" for pages of no site of their own."""
    return full_address(request.path) if site_of_path(request.path) else ""


def led_home(request: HttpRequest) -> HttpResponse | None:
    """The way to the page's own host; None when it is this one. For pages that hand somebody to another service: it sends them
    back to that host alone, and what binds the answer to the browser is a cookie of the host where they set out."""
    there = canonical_address(request)
    return None if there == "" or host_of(there) == request.get_host().lower() else HttpResponseRedirect(there)


def _without_language(path: str) -> str:
    for code, _name in settings.LANGUAGES:
        if path.startswith(f"/{code}/"):
            return path[len(code) + 1 :]
    return path


class OwnSites:
    """Middleware before the cache of pages: each page is answered by its own host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not any(site.address() for site in own_sites):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD") or getattr(request, "is_dummy", False):
            return self.get_response(request)
        return _elsewhere(request) or self.get_response(request)


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    """Where the page really is; None when it is here."""
    asked, own = site_asked(request), site_of_path(request.path)
    if asked is None:
        return _from_the_city(request, own)
    if _without_language(request.path) == "/":
        return HttpResponseRedirect(_in_language(request.path, asked.start()))
    if own is asked or _without_language(request.path).startswith(SHARED):
        return None
    there = settings.PUBLIC_ADDRESS.rstrip("/") if own is None else own.address()
    return HttpResponseRedirect(there + request.get_full_path())


def _from_the_city(request: HttpRequest, own: OwnSite | None) -> HttpResponse | None:
    former = _former(request.get_host())
    if former is not None:
        is_home = _without_language(request.path) == "/"
        return _moved(former.address() + (_in_language(request.path, former.start()) if is_home else request.get_full_path()))
    if own is not None and own.leads_here():
        return _moved(own.address() + request.get_full_path())
    return None


def _former(host: str) -> OwnSite | None:
    return next((site for site in own_sites if site.address() and host.lower().partition(":")[0] in site.former_hosts()), None)


def _in_language(asked: str, start: str) -> str:
    """The start page in the language of the home page that was asked for."""
    prefix = asked.removesuffix("/")
    return start if start.startswith(f"{prefix}/") else prefix + start


def _moved(address: str) -> HttpResponse:
    answer = HttpResponsePermanentRedirect(address)
    answer["Cache-Control"] = KNOWN_FOR
    return answer
