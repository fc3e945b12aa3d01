"""The frame of every public page: menu, fixed pages for the footer, language versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, gettext, pgettext
from wagtail.models import Page, Site

from ratusz.foundation.kit.registries import Registry
from ratusz.ui.chrome import Chrome, city, office_lines
from ratusz.ui.parts import Link

from .kept_parts import kept
from .models import AccessibilityDeclarationPage, ContactPage, EasyToReadPage, PrivacyPage, SignLanguagePage
from .models.standing import set_aside
from .own_sites import OwnSite, full_address, site_asked

DUTIES = (AccessibilityDeclarationPage, EasyToReadPage, SignLanguagePage, ContactPage, PrivacyPage)
"""Pages the law (or decency) wants linked from every page, in the order of the footer."""
LANGUAGE_NAMES = {"pl": "Polski", "en": "English"}
HOMES = {"pl": "/", "en": "/en/"}
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
service_entries: Registry[MenuEntry] = Registry("links under every page of the portal")
CALENDAR = "calendar"
"""Name of the service entry that leads to all dates; the home page shows it too."""


@dataclass(frozen=True)
class PortalChrome(Chrome):
    """The frame with what the portal's own templates need of it."""

    contact_url: str = ""
    declaration_url: str = ""
    calendar_url: str = ""


def register_own_entries() -> None:
    """The portal's own entries in its menu; called from ready()."""
    menu_entries.register("districts", MenuEntry(lambda: gettext("Districts"), lambda: reverse("website:districts"), order=350))


def chrome_of_request(request: HttpRequest | None) -> PortalChrome:
    """The frame of a page in the language of the request, worked out once per request."""
    # Single forms and letters speak further languages; their frame is the Polish one.
    spoken = get_language() or "pl"
    language = spoken if spoken in HOMES else "pl"
    if request is None:
        return _frame(language)
    if not hasattr(request, "_portal_chrome"):
        frame = kept(request, lambda: _frame(language), "frame")
        site = site_asked(request)
        if site is not None:
            frame = kept(request, lambda: _of_site(frame, site), "frame of a site", site.brand)
        request._portal_chrome = replace(frame, languages=_languages(request, language))  # type: ignore[attr-defined]
    return request._portal_chrome  # type: ignore[attr-defined]


def _frame(language: str) -> PortalChrome:
    pages = _pages_under_home(language)
    of_kind = {page.cached_content_type.model_class(): page for page in pages}
    urls = {kind: of_kind[kind].get_url() for kind in DUTIES if kind in of_kind}
    return PortalChrome(
        city=city(),
        office=pgettext("name of the Office", "City Office"),
        menu=_menu(pages, language),
        home_url=HOMES[language],
        duties=tuple(Link(of_kind[kind].title, url) for kind, url in urls.items()),
        services=_services(),
        search_url=reverse("website:search"),
        check_number_url=reverse("website:check-number"),
        contact_url=urls.get(ContactPage, ""),
        declaration_url=urls.get(AccessibilityDeclarationPage, ""),
        calendar_url=service_entries[CALENDAR].url() if CALENDAR in service_entries else "",
        contact=office_lines(),
    )


def _of_site(frame: PortalChrome, site: OwnSite) -> PortalChrome:
    """The city's frame with the site's name, sign, menu and start; what the law wants linked leads to the city."""
    return replace(
        frame, brand=site.brand, site=site.name(), menu=site.menu(), home_url=site.start(), search_kind=site.search_kind,
        duties=tuple(replace(link, url=full_address(link.url)) for link in frame.duties),
    )  # fmt: skip


def _pages_under_home(language: str) -> list[Page]:
    pages = Page.objects.live().filter(~set_aside(), depth=DEPTH_OF_SECTIONS, locale__language_code=language).order_by("path")
    found = list(pages.only("title", "url_path", "path", "depth", "show_in_menus", "content_type_id", "locale_id"))
    if found and not any(found[0].url_path.startswith(root.root_path) for root in Site.get_site_root_paths()):
        # Wagtail keeps for an hour, in each process, where the sites begin; another process has founded the portal since.
        Site.clear_site_root_paths_cache()
    return found


def _menu(pages: list[Page], language: str) -> tuple[Link, ...]:
    in_tree = [page for page in pages if page.show_in_menus]
    entries = [(number * STEP, page.title, page.get_url()) for number, page in enumerate(in_tree, start=1)]
    entries += [(entry.order, entry.text(), entry.url()) for entry in menu_entries if language in entry.languages]
    return tuple(Link(text, url) for _order, text, url in sorted(entries))


def _services() -> tuple[Link, ...]:
    own = (
        (100, gettext("Check by number"), reverse("website:check-number")),
        (150, gettext("Requests and complaints"), reverse("requests:requests")),
        (200, gettext("Glossary"), reverse("website:glossary")),
        (300, gettext("Feeds"), reverse("website:feeds")),
        (400, gettext("Source code"), reverse("website:source")),
    )
    others = [(entry.order, entry.text(), entry.url()) for entry in service_entries]
    return tuple(Link(text, url) for _order, text, url in sorted([*own, *others]))


def _languages(request: HttpRequest, current: str) -> tuple[Link, ...]:
    """The same page in each language, the current one first; where there is no translation, the other language's home."""
    elsewhere = _translations(request) or {code: translate_url(request.path, code) for code in LANGUAGE_NAMES}
    links = [Link(LANGUAGE_NAMES[current], request.path, language=current, is_current=True)]
    for code in LANGUAGE_NAMES:
        if code != current:
            url = elsewhere.get(code, "")
            links.append(Link(LANGUAGE_NAMES[code], url if url and url != request.path else HOMES[code], language=code))
    return tuple(links)


def _translations(request: HttpRequest) -> dict[str, str]:
    """Addresses of the translations of the page that is served; {"": ""} for one without, {} when it is no page of the tree."""
    page = getattr(request, "portal_page", None)
    return {} if page is None else kept(request, lambda: _translations_of(page), "translations", page.pk)


def _translations_of(page: Page) -> dict[str, str]:
    if page.url_path.rstrip("/") in {root.root_path.rstrip("/") for root in Site.get_site_root_paths()}:
        return {"": ""}  # a home page: the other languages' homes are known
    translations = page.get_translations().live().select_related("locale")
    return {each.locale.language_code: each.get_url() for each in translations} or {"": ""}
