"""The frame of every page: menu, fixed pages for the footer, language versions. Two queries at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from ratusz.foundation.kit.registries import Registry

from .models import AccessibilityDeclarationPage, ContactPage, EasyToReadPage, PrivacyPage, SignLanguagePage
from .queries import Link

FIXED_PAGES = (ContactPage, EasyToReadPage, SignLanguagePage, AccessibilityDeclarationPage, PrivacyPage)
LANGUAGE_NAMES = {"pl": "Polski", "en": "English"}
DEPTH_OF_SECTIONS = 3
STEP = 100
"""Menu order of the first page of the tree; the next one gets 200, and so on, so that modules can stand between."""


@dataclass(frozen=True)
class MenuEntry:
    """A module's entry in the portal's menu; `text` and `url` are called per request, in the language of the request."""

    text: Callable[[], str]
    url: Callable[[], str]
    order: int
    languages: tuple[str, ...] = ("pl", "en")


menu_entries: Registry[MenuEntry] = Registry("menu of the portal")


@dataclass(frozen=True)
class PortalFrame:
    """What stands around a page's content."""

    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    languages: tuple[Link, ...]
    home_url: str
    declaration_url: str = ""


def portal_frame(request: HttpRequest) -> PortalFrame:
    """The frame of a page in the language of the request."""
    language = get_language() or "pl"
    pages = _pages_under_home(language)
    fixed = {page.content_type.model_class(): page for page in pages}
    return PortalFrame(
        menu=tuple(_menu(request, pages, language)),
        footer=tuple(Link(fixed[kind].title, fixed[kind].get_url(request)) for kind in FIXED_PAGES if kind in fixed),
        languages=tuple(_languages(request, language)),
        home_url="/" if language == "pl" else f"/{language}/",
        declaration_url=fixed[AccessibilityDeclarationPage].get_url(request) if AccessibilityDeclarationPage in fixed else "",
    )


def _pages_under_home(language: str) -> list[Page]:
    pages = Page.objects.live().filter(depth=DEPTH_OF_SECTIONS, locale__language_code=language).order_by("path")
    return list(pages.only("title", "url_path", "path", "depth", "show_in_menus", "content_type_id", "locale_id"))


def _menu(request: HttpRequest, pages: list[Page], language: str) -> list[Link]:
    in_tree = [page for page in pages if page.show_in_menus]
    entries = [(number * STEP, page.title, page.get_url(request)) for number, page in enumerate(in_tree, start=1)]
    entries += [(entry.order, entry.text(), entry.url()) for entry in menu_entries if language in entry.languages]
    return [Link(text, url, is_current=bool(url) and request.path.startswith(url)) for _order, text, url in sorted(entries)]


def _languages(request: HttpRequest, current: str) -> list[Link]:
    urls = _translated_page_urls(request) or {code: translate_url(request.path, code) for code in LANGUAGE_NAMES}
    homes = {"pl": "/", "en": "/en/"}
    return [
        Link(name, _other_language(urls.get(code, ""), request.path) or homes[code], code == current, code)
        if code != current
        else Link(name, request.path, True, code)
        for code, name in LANGUAGE_NAMES.items()
    ]


def _other_language(url: str, path: str) -> str:
    return "" if url == path else url


def _translated_page_urls(request: HttpRequest) -> dict[str, str]:
    route = getattr(request, "_wagtail_route_for_request", None)
    if route is None:
        return {}
    translations = route.page.get_translations().live().select_related("locale")
    return {page.locale.language_code: page.get_url(request) for page in translations}
