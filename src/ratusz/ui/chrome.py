"""What stands around every public page: city, menu, footer's links. The module that owns the menu brings its own with `provide`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ratusz.ui.parts import Banner, Link


def city() -> str:
    """The city that the portal serves."""
    return settings.CITY


def office_lines() -> tuple[str, ...]:
    """The Office's name, then the lines of its postal address."""
    return settings.OFFICE_LINES


@dataclass(frozen=True)
class Chrome:
    city: str
    office: str
    menu: tuple[Link, ...]
    duties: tuple[Link, ...]
    """Links the law asks for on every page: accessibility declaration, easy-to-read text, sign language, contact, privacy."""
    services: tuple[Link, ...]
    home_url: str = "/"
    search_url: str = "/szukaj/"
    check_number_url: str = "/numer/"
    contact: tuple[str, ...] = ()
    """Address lines shown in the footer."""
    languages: tuple[Link, ...] = ()
    """The same page in other languages; the current one first."""
    brand: str = ""
    """Name of a brand under the city's own, whose tokens and sign the page takes; its name is `site`."""
    site: str = ""
    search_kind: str = ""
    """What kind of things the search in the head looks for; empty: all."""


def default(request: HttpRequest | None) -> Chrome:
    return Chrome(
        city=city(),
        office=_("Town hall"),
        menu=(
            Link(_("News"), "/aktualnosci/"),
            Link(_("Participatory budget"), "/budzet-obywatelski/"),
            Link(_("Districts"), "/dzielnice/"),
            Link(_("Contact"), "/kontakt/"),
        ),
        duties=(
            Link(_("Accessibility declaration"), "/deklaracja-dostepnosci/"),
            Link(_("Easy-to-read information"), "/etr/"),
            Link(_("Polish Sign Language interpreter"), "/pjm/"),
            Link(_("Contact"), "/kontakt/"),
            Link(_("Privacy"), "/prywatnosc/"),
        ),
        services=(
            Link(_("Check by number"), "/numer/"),
            Link(_("Glossary"), "/slownik/"),
            Link(_("News by Atom feed"), "/aktualnosci/atom/"),
            Link(_("Source code"), "/kod-zrodlowy/"),
        ),
        contact=office_lines(),
    )


_provider: Callable[[HttpRequest | None], Chrome] = default


def provide(provider: Callable[[HttpRequest | None], Chrome]) -> None:
    """Replaces the default; called once, from ready() of the module that owns the menu."""
    global _provider
    _provider = provider


def of(request: HttpRequest | None) -> Chrome:
    """The frame of this page; asked of the provider once a request."""
    if request is None:
        return _provider(None)
    if not hasattr(request, "ratusz_chrome"):
        request.ratusz_chrome = _provider(request)
    return request.ratusz_chrome


_address_provider: Callable[[HttpRequest], str] = lambda request: ""  # noqa: E731


def provide_address(provider: Callable[[HttpRequest], str]) -> None:
    """Says where the one address of a page comes from when two hosts may show it; called once, from ready()."""
    global _address_provider
    _address_provider = provider


def address_of(request: HttpRequest | None) -> str:
    """The page's one address; "" where the address that was asked for is the only one."""
    return _address_provider(request) if request is not None else ""


_banner_provider: Callable[[HttpRequest | None], Banner | None] = lambda request: None  # noqa: E731


def provide_banner(provider: Callable[[HttpRequest | None], Banner | None]) -> None:
    """Says where the emergency told on every page comes from; called once, from ready() of the module that keeps it."""
    global _banner_provider
    _banner_provider = provider


def banner_of(request: HttpRequest | None) -> Banner | None:
    """The emergency to be told on this page; None while there is none."""
    return _banner_provider(request)
