"""What upper modules put on the portal's pages, and answer where a page was. Filled in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from ratusz.foundation.kit.registries import Registry
from ratusz.publishing.gates.findings import Finding
from ratusz.publishing.messages.outlets import outlets


@dataclass(frozen=True)
class PagePart:
    """A part of a page that another module brings: its heading, its own template and what that template reads."""

    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100
    """Smaller comes first; news of the website stand at 50."""
    anchor: str = ""
    """Id of the part's heading, so that it can be linked to."""


page_listeners: Registry[Callable[[Any, bool], None]] = Registry("listeners to pages of the tree")
"""name -> f(page, is_public), told after a page was published, changed its address, was closed, withdrawn or deleted.

A deleted page comes as `Page(pk=…, live=False)`. It is told after the commit: whoever must not miss one looks again by itself.
"""

pages_that_wait: Registry[Callable[[int], str]] = Registry("pages that leave with other things")
"""name -> f(page's number): in words, why its draft is not published alone and what to do; "" when it may be."""

second_pairs: Registry[Callable[[Any, int | None], Finding | None]] = Registry("second pairs of eyes of pages")
"""name -> f(revision, number of whoever lets it out; None: the program): what stops it as long as nobody else has read it, with
the address where somebody is asked or it is let out for a reason; None when it may go."""

wire_listeners: Registry[Callable[[Any, str], None]] = Registry("listeners to the open city wire")
"""name -> f(item, event) within the transaction; the event is "new", "changed", "corrected" or "withdrawn"."""

wire_kinds: Registry[Any] = Registry("kinds of things on the open city wire")
"""WireItem.kind, as it stands in the addresses of feeds -> its words in the plural, translated."""

wire_tools: Registry[Callable[[str], Any]] = Registry("what one can do with a thing on the wire")
"""name -> f(code) giving a ui.parts.Link shown at the foot of its page."""

frame_values: Registry[str] = Registry("values read together with the content version")
"""name -> an SQL expression giving one text or NULL, read anew for each request and part of the key of every kept page.

For what must show or vanish within seconds without a job: it costs no query of its own. `page_cache.frame_value` reads it.
"""


@dataclass(frozen=True)
class LiveProcess:
    """How a process in which residents take part stands now, in words for them."""

    title: str
    state: str
    """"open", "soon", "always" or "closed"."""
    url: str = ""
    what_to_do: str = ""
    """As on a button: "Zagłosuj"."""
    until: date | None = None
    """The last day of an open one, the first day of one that comes."""
    note: str = ""


live_processes: Registry[Callable[[datetime], LiveProcess | None]] = Registry("live processes of the civic guide")
"""GuidePage.Process -> f(at) giving how it stands."""


@dataclass(frozen=True)
class Gathered:
    """Things of one kind that a search found and that are too many to stand among its results one by one."""

    heading: str
    rows: list[tuple[str, str, str]]
    """Title, address and a note ("124 remarks") of each place where some of them are read, those with most first."""
    note: str = ""
    """What the rows leave out."""
    total: int = 0


beside_results: Registry[Callable[[str, datetime], Gathered | None]] = Registry("things gathered beside the results of a search")
"""name -> f(what was typed, at): asked at each search, so what is hidden is found no more; None when there is nothing."""


def gathered(text: str, at: datetime) -> list[Gathered]:
    """What modules found beside the results."""
    return [found for found in (find(text, at) for find in beside_results) if found is not None]


home_parts: Registry[Callable[[datetime], PagePart | None]] = Registry("parts of the home page")
"""name -> f(at) giving the part, or None when there is nothing to show now."""

district_parts: Registry[Callable[[Any, datetime], PagePart | None]] = Registry("parts of a district's page")
"""name -> f(district, at) giving the part, or None when there is nothing to show."""

topic_parts: Registry[Callable[[Any, datetime], PagePart | None]] = Registry("parts of a topic's page")
"""name -> f(topic, at)."""

unit_parts: Registry[Callable[[Any, datetime], PagePart | None]] = Registry("parts of a unit's page")
"""name -> f(unit's profile, at)."""


def parts_of(registry: Registry[Callable[[Any, datetime], PagePart | None]], subject: Any, at: datetime) -> list[PagePart]:
    """The parts other modules bring to the page of a topic or a unit, in order."""
    return _in_order(part(subject, at) for part in registry)


page_parts: Registry[Callable[[Any, HttpRequest], PagePart | None]] = Registry("parts at the foot of every page of the tree")
"""name -> f(page, request) giving the part, or None. The page is kept for everybody, so a part carries no form token and asks
nothing about the visitor."""

gone_pages: Registry[Callable[[HttpRequest], HttpResponse | None]] = Registry("answers where a page was")
"""name -> f(request), asked when no page is published at the address: where it went or why it is gone; None when it never was."""


def parts_of_page(page: Any, request: HttpRequest) -> list[PagePart]:
    """The parts other modules bring to the foot of a page, in order."""
    return _in_order(part(page, request) for part in page_parts)


def answer_where_a_page_was(request: HttpRequest) -> HttpResponse | None:
    """The first answer a module has for an address without a page."""
    return next((answer for answer in (gone(request) for gone in gone_pages) if answer is not None), None)


def parts_of_home(at: datetime) -> list[PagePart]:
    """The parts other modules bring to the home page at a moment, in order."""
    return _in_order(part(at) for part in home_parts)


def parts_of_district(district: Any, at: datetime) -> list[PagePart]:
    """The parts other modules bring to a district's page at a moment, in order."""
    return _in_order(part(district, at) for part in district_parts)


def _in_order(parts) -> list[PagePart]:
    return sorted((part for part in parts if part is not None), key=lambda part: part.order)


@dataclass(frozen=True)
class ImageUse:
    """One place where a picture is used."""

    where: str
    """In words: "Strona: Park Kościuszki"."""
    url: str
    outlet: str
    """The code of the outlet: "www", "newsletter" …"""
    key: str = ""
    """Which use it is, the same whenever uses are listed; without it the address and the words tell."""
    is_beyond_recall: bool = False
    """Printed or gone out: it cannot be taken back."""

    @property
    def lasting_key(self) -> str:
        return (self.key or f"{self.url} {self.where}")[:100]


image_uses: Registry[Callable[[Any], Iterable[ImageUse]]] = Registry("uses of pictures")
"""Module's name -> f(picture) giving every place where the module uses it, drafts included."""

picture_outlets: Registry[Any] = Registry("outlets of pictures")
"""Outlet's code -> its words, for the scope of a passport."""


def outlets_of_pictures() -> dict[str, Any]:
    """Every outlet a passport may name, with its words: those of this registry, then the outlets of messages."""
    return dict(picture_outlets.items()) | {each.code: each.name for each in outlets if each.code not in picture_outlets}


def words_of_outlet(code: str) -> str:
    """An outlet as people read it; an unknown code as it is."""
    return str(outlets_of_pictures().get(code, code))
