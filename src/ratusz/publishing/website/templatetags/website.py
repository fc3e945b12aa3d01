"""Tags of the portal's pages: days in the page's language, breadcrumbs, parts of other modules, the map of districts."""

from __future__ import annotations

import re
from datetime import date, datetime

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from ratusz.foundation.kit.dates import last_day_of, local_day, polish_date, polish_moment, polish_range, polish_time, polish_until
from ratusz.foundation.kit.registries import DatedThing, search_kinds
from ratusz.foundation.kit.words import decimal_comma, grouped
from ratusz.publishing.website.declaration import STATUS_SENTENCES
from ratusz.publishing.website.kept_parts import kept
from ratusz.publishing.website.queries import breadcrumbs_of, district_tiles, last_day, pages_beside, standing_of
from ratusz.publishing.website.registries import PagePart, parts_of_page
from ratusz.publishing.website.registries import wire_tools as registered_tools
from ratusz.publishing.website.wire.codes import code_of_message, code_of_page
from ratusz.ui.components.drawn_once import drawn_once
from ratusz.ui.parts import Link, Tile

register = template.Library()


def day_in_words(value: date | datetime) -> str:
    """ "15 września 2026 r." on Polish pages, "15 September 2026" on English ones."""
    if get_language() == "pl":
        return polish_date(value)
    local = timezone.localdate(value) if isinstance(value, datetime) else value
    return formats.date_format(local, "j F Y")


@register.simple_tag
def day(value: date | datetime | None) -> SafeString | str:
    if not value:
        return ""
    local = timezone.localdate(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), day_in_words(value))


@register.simple_tag
def until(thing: DatedThing) -> str:
    """Until when a thing is open; for one that has no end, the day it happens."""
    if thing.ends is None:
        return moment_in_words(thing.starts)
    if get_language() == "pl":
        return polish_until(thing.ends)
    return _("until %(day)s") % {"day": day_in_words(last_day_of(thing.ends))}


@register.simple_tag
def until_beside(thing: DatedThing) -> str:
    """Until when, beside the start: of something that ends the same day the hour alone."""
    starts, ends = thing.starts, thing.ends
    is_one_day = (
        isinstance(starts, datetime) and isinstance(ends, datetime) and timezone.localdate(starts) == timezone.localdate(ends)
    )
    return f"do {polish_time(ends)}" if is_one_day and get_language() == "pl" else until(thing)


@register.simple_tag
def beside_the_day(thing: DatedThing) -> str:
    """What a large day does not say yet: that it is the last one of several, or the hour."""
    if thing.ends is not None and last_day(thing) != local_day(thing.starts):
        return _("last day")
    return hour_in_words(thing.starts) if isinstance(thing.starts, datetime) else ""


@register.simple_tag(name="moment")
def moment_in_words(value: date | datetime) -> str:
    """The day, and the hour when there is one."""
    day_words = day_in_words(value)
    return f"{day_words}, {hour_in_words(value)}" if isinstance(value, datetime) else day_words


def hour_in_words(value: datetime) -> str:
    """ "godz. 10.00" on Polish pages, "10:00" on English ones."""
    return polish_time(value) if get_language() == "pl" else f"{timezone.localtime(value):%H:%M}"


@register.simple_tag
def lang_of(thing: DatedThing) -> SafeString | str:
    """The attribute for words in another language than the page."""
    return format_html(' lang="{}"', thing.language) if thing.language else ""


@register.simple_tag
def page_date_in_words(page_date) -> str:
    """ "6 grudnia 2026 r., godz. 16.30", "1–13 grudnia 2026 r."."""
    if get_language() != "pl":
        days = [day_in_words(each) for each in (page_date.first_day, page_date.last_day) if each]
        return " – ".join(days) + (f", {page_date.time:%H:%M}" if page_date.time else "")
    if page_date.time:
        return polish_moment(page_date.starts)
    return polish_range(page_date.first_day, page_date.last_day or page_date.first_day)


@register.simple_tag
def declared_day(value: date, element_id: str) -> SafeString:
    """A date of the declaration: Polish words, its own id and a datetime a machine reads."""
    return format_html('<time id="{}" datetime="{}">{}</time>', element_id, value.isoformat(), polish_date(value))


@register.simple_tag
def declared_status(page) -> str:
    return STATUS_SENTENCES[page.status]


@register.filter
def phone_address(phone: str) -> str:
    """A phone number as a tel: address: digits and a leading plus, +48 where no country is given."""
    digits = re.sub(r"[^\d+]", "", phone)
    return digits if digits.startswith("+") or len(digits) < 9 else f"+48{digits}"


@register.simple_tag
def part(page_part: PagePart) -> SafeString:
    """A part another module brings, drawn by its own template."""
    return render_to_string(page_part.template, page_part.context)


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs_of_page(page: Page):
    return {"links": breadcrumbs_of(page)}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs_home(label: str = "", url: str = ""):
    """Breadcrumbs of a page outside the tree: the home page and, when given, one page between."""
    home = Link(_("Home page"), "/" if get_language() == "pl" else f"/{get_language()}/")
    return {"links": [home, Link(label, url)] if url else [home]}


@register.inclusion_tag("website/page_head.html", takes_context=True)
def page_head(context, page: Page):
    """What the head of an editorial page adds: its lasting address, its language versions, the declaration, the feeds."""
    from ratusz.publishing.website.menus import chrome_of_request

    request = context["request"]
    return {
        "page": page,
        "standing": standing_of(page),
        "address": request.build_absolute_uri(page.get_url()),
        "chrome": chrome_of_request(request),
        "request": request,
    }


@register.inclusion_tag("website/page_standing.html")
def page_standing(page: Page):
    """The notice above the text of a page that was withdrawn or archived."""
    return {"standing": standing_of(page)}


@register.simple_tag(takes_context=True)
def parts_at_the_foot(context, page: Page) -> SafeString | str:
    """What other modules bring to the end of a page; nothing in the editor's preview."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return ""
    return format_html_join("", "{}", ((part(each),) for each in parts_of_page(page, request)))


@register.simple_tag
def page_foot(page: Page) -> str:
    """When the page was last changed."""
    if not page.last_published_at:
        return ""
    return _("Last changed: %(day)s") % {"day": day_in_words(page.last_published_at)}


@register.simple_tag(takes_context=True)
def district_map(context, tiles=None) -> SafeString:
    """The tile map of all districts with the list beside it; the tiles are read unless given."""
    if tiles is not None:
        return _drawn_map(tiles)
    return kept(context.get("request"), lambda: _drawn_map(district_tiles()), "district_map")


@register.simple_tag(takes_context=True)
def in_this_section(context, page: Page) -> list[Link]:
    """Links to the other pages beside this one, under the same section."""
    beside = kept(context.get("request"), lambda: pages_beside(page), "beside", page.path[: -page.steplen])
    return [link for link in beside if link.url != page.get_url()]


@register.simple_tag(takes_context=True)
def calendar_link(context) -> SafeString | str:
    """The way to all dates, where a calendar is installed."""
    from ratusz.publishing.website.menus import chrome_of_request

    url = chrome_of_request(context.get("request")).calendar_url
    return format_html('<p class="more"><a href="{}">{}</a></p>', url, _("All dates in the calendar")) if url else ""


@register.inclusion_tag("website/page_dates.html")
def page_dates(page: Page):
    """Dates of the page that are not over, the next one first."""
    dates = [each for each in page.dates.all() if not each.is_over]
    return {"dates": sorted(dates, key=lambda each: (each.last_day or each.first_day, each.first_day))}


@register.inclusion_tag("website/page_changes.html")
def page_changes(page: Page):
    """What has changed on the page that readers should know of, the newest first."""
    return {"changes": list(page.changes.all()) if hasattr(page, "changes") else []}


@register.inclusion_tag("website/wire_tools.html")
def wire_tools(page=None, message=None):
    """What one can do with a thing on the wire, at the foot of its page: other modules bring it."""
    code = code_of_message(message) if message is not None else code_of_page(page)
    return {"links": [tool(code) for tool in registered_tools]}


@drawn_once
def _drawn_map(tiles: list[Tile]) -> SafeString:
    return render_to_string("website/district_map.html", {"tiles": tiles})


@register.simple_tag(takes_context=True)
def with_parameters(context, **changes) -> str:
    """The query string of this address with some parameters changed; an empty one is left out."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


@register.filter
def kind_in_words(kind: str) -> str:
    """A kind of search entries as people read it; one whose module is gone is never shown as a code."""
    return str(search_kinds[kind].words) if kind in search_kinds else _("Other")


@register.filter(name="grouped")
def grouped_number(number: int) -> str:
    """1 248 068 with no-break spaces."""
    return grouped(number)


@register.filter
def comma(number) -> str:
    """2.78 as 2,78 on Polish pages."""
    return decimal_comma(number, 2) if get_language() == "pl" else f"{number:.2f}"


@register.simple_tag
def density(people: int, area_km2) -> str:
    return grouped(round(people / float(area_km2)))


@register.simple_tag
def day_text(value: date | datetime | None) -> str:
    """A day in words, without markup: for attributes and other tags' arguments."""
    return day_in_words(value) if value else ""


@register.filter(name="last_day")
def last_day_of_thing(thing: DatedThing) -> date:
    return last_day(thing)


@register.inclusion_tag("ui/parts/page_feedback.html", takes_context=True)
def portal_feedback(context):
    """The link at the end of a page to tell that something is unclear, to the contact page of this language."""
    from ratusz.publishing.website.menus import chrome_of_request

    return {"url": chrome_of_request(context.get("request")).contact_url or "/"}
