"""What every page has around it."""

from django import template
from django.utils.html import format_html_join

from ratusz.ui import assets, chrome

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


@register.simple_tag
def bare_city() -> str:
    """The city's name for pages that must come up when nothing else does: it asks no provider and no database."""
    return chrome.default(None).city


@register.inclusion_tag("ui/parts/site_header.html", takes_context=True)
def site_header(context):
    """Wordmark, search, languages, main menu. The menu is the context's `navigation` (Links) or the provider's."""
    request = context.get("request")
    found = chrome.of(request)
    path = request.path if request else ""
    menu = [
        {"label": link.label, "url": link.url, "current": _current(link.url, path)}
        for link in context.get("navigation") or found.menu
    ]
    return {"chrome": found, "menu": menu, "query": context.get("query")}


@register.inclusion_tag("ui/parts/site_footer.html", takes_context=True)
def site_footer(context):
    return {"chrome": chrome.of(context.get("request"))}


def _current(url: str, path: str) -> str:
    """What aria-current says of a menu link: "page" on its own page, "true" below it."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
