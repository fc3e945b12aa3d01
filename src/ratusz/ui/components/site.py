"""What every page has around it."""

from dataclasses import replace

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ratusz.ui import assets, chrome
from ratusz.ui.chrome import Chrome
from ratusz.ui.components.drawn_once import drawn_once
from ratusz.ui.parts import Banner, Link

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Address of one of the files in assets.py."""
    return assets.address(name)


@register.simple_tag
def scripts(*names: str) -> str:
    """The modules of scripts/ a page needs; each only adds comfort to what works without it."""
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((assets.address(name),) for name in names))


@register.inclusion_tag("ui/parts/htmx.html")
def htmx():
    """htmx, for the {% block head_extra %} of the few pages that save a reload by it; set so that a strict CSP holds."""
    return {}


@register.simple_tag(takes_context=True)
def city_name(context) -> str:
    return chrome.of(context.get("request")).city


@register.simple_tag(takes_context=True)
def site_name(context) -> str:
    """The end of a page's title: the city, after the name of its own site where the page has one."""
    frame = chrome.of(context.get("request"))
    return f"{frame.site}, {frame.city}" if frame.site else frame.city


@register.simple_tag(takes_context=True)
def brand(context) -> str:
    """Attribute of <html> that gives the page the tokens of a brand under the city's own (styles/tokens.css)."""
    name = chrome.of(context.get("request")).brand
    return format_html(' data-brand="{}"', name) if name else ""


@register.simple_tag(takes_context=True)
def site_icon(context) -> str:
    """Address of the sign in the browser's tab: the brand's own where it has one."""
    return brand_sign(chrome.of(context.get("request")).brand)


@register.simple_tag
def brand_sign(name: str) -> str:
    """Address of a brand's sign; the city's for ""."""
    return assets.address(f"icon-{name}.svg" if name else "icon.svg")


@register.simple_tag(takes_context=True)
def one_address(context) -> str:
    """<link rel="canonical"> of a page that two hosts may show."""
    address = chrome.address_of(context.get("request"))
    return format_html('<link rel="canonical" href="{}">\n', address) if address else ""


@register.simple_tag
def bare_city() -> str:
    """The city's name for pages that must come up when nothing else does: it asks no provider and no database."""
    return chrome.city()


@register.simple_tag(takes_context=True)
def site_header(context) -> SafeString:
    """Wordmark, search, languages, main menu. The menu is the context's `navigation` (Links) or the provider's."""
    request = context.get("request")
    found = chrome.of(request)
    path = request.path if request else ""
    menu = tuple((link, _current(link.url, path)) for link in context.get("navigation") or found.menu)
    return _header(found, menu, context.get("query") or "")


@register.inclusion_tag("ui/parts/site_banner.html", takes_context=True)
def site_banner(context):
    """The emergency that every page tells; nothing while there is none."""
    return {"banner": chrome.banner_of(context.get("request"))}


@register.inclusion_tag("ui/parts/site_banner.html")
def banner_preview(banner: Banner):
    """A banner as every page would show it."""
    return {"banner": banner}


@drawn_once
def _header(chrome: Chrome, menu: tuple[tuple[Link, str], ...], query: str) -> SafeString:
    entries = [{"label": link.label, "url": link.url, "current": current} for link, current in menu]
    return render_to_string("ui/parts/site_header.html", {"chrome": chrome, "menu": entries, "query": query})


@register.simple_tag(takes_context=True)
def site_footer(context) -> SafeString:
    """The office, its address, the links the law asks for: the same in all languages' versions of a page."""
    return _footer(replace(chrome.of(context.get("request")), languages=()))


@drawn_once
def _footer(chrome: Chrome) -> SafeString:
    return render_to_string("ui/parts/site_footer.html", {"chrome": chrome})


def _current(url: str, path: str) -> str:
    """What aria-current says of a menu link: "page" on its own page, "true" below it."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
