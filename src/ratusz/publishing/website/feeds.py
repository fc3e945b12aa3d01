"""What feed readers, calendars and search engines take: Atom, JSON Feed, sitemap. Plain functions from rows to text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from ratusz.ui.chrome import office_lines

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
"""RFC 6721: what was withdrawn is said to be, so that a copy elsewhere can go too."""
RATUSZ = "urn:ratusz:wire"
"""What no standard has a name for: the version, the moment the text is true as of, the correction."""
GEORSS = "http://www.georss.org/georss"
XHTML = "http://www.w3.org/1999/xhtml"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""One such character in one title would make the whole feed unreadable."""


@dataclass(frozen=True)
class FeedItem:
    """One thing in a feed. `id` never changes, also when the address does."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    language: str = "pl"
    version: int = 1
    as_of: datetime | None = None
    territory: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    correction: str = ""
    withdrawn: datetime | None = None
    point: tuple[float, float] | None = None
    """(longitude, latitude)."""

    @property
    def last_moment(self) -> datetime:
        return max(self.updated, self.withdrawn or self.updated)


@dataclass(frozen=True)
class Feed:
    """A feed: its own address, the page it stands for, its items newest first."""

    title: str
    url: str
    page_url: str
    language: str
    items: Sequence[FeedItem]
    licence: str = ""

    @property
    def updated(self) -> datetime | None:
        return max((item.last_moment for item in self.items), default=None)


def atom(feed: Feed) -> bytes:
    """The feed as Atom (RFC 4287)."""
    for prefix, namespace in (("", ATOM), ("at", TOMBSTONES), ("georss", GEORSS), ("ratusz", RATUSZ)):
        ElementTree.register_namespace(prefix, namespace)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _add(root, "title", feed.title)
    _add(root, "id", feed.url)
    _add(root, "updated", (feed.updated or datetime.fromisoformat("2020-01-01T00:00:00+00:00")).isoformat())
    _add(root, "link", rel="self", href=feed.url, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=feed.page_url, type="text/html")
    _add(_add(root, "author"), "name", office_lines()[0])
    if feed.licence:
        _add(root, "rights", feed.licence)
    for item in feed.items:
        if item.withdrawn:
            gone = {"ref": item.id, "when": item.withdrawn.isoformat()}
            ElementTree.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", gone)
        else:
            _entry(root, item)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: ElementTree.Element, item: FeedItem) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", item.title)
    _add(entry, "id", item.id)
    _add(entry, "link", rel="alternate", href=item.url, type="text/html", hreflang=item.language)
    _add(entry, "published", item.published.isoformat())
    _add(entry, "updated", item.updated.isoformat())
    _add(entry, "summary", item.summary)
    for scheme, terms in (("topic", item.topics), ("territory", item.territory)):
        for term in terms:
            _add(entry, "category", term=NOT_IN_XML.sub("", term), scheme=f"{RATUSZ}:{scheme}")
    if item.point:
        ElementTree.SubElement(entry, f"{{{GEORSS}}}point").text = f"{item.point[1]:.5f} {item.point[0]:.5f}"
    own = {"version": str(item.version), "as-of": item.as_of.isoformat() if item.as_of else "", "correction": item.correction}
    for name, text in own.items():
        if text:
            ElementTree.SubElement(entry, f"{{{RATUSZ}}}{name}").text = NOT_IN_XML.sub("", text)


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = NOT_IN_XML.sub("", text) if text else text
    return element


def json_feed(feed: Feed) -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": office_lines()[0]}],
        "items": [_json_item(item) for item in feed.items],
    } | ({"_ratusz": {"licence": feed.licence}} if feed.licence else {})


def _json_item(item: FeedItem) -> dict[str, Any]:
    """JSON Feed has no trace of what was withdrawn: the item stays, without its words and with the moment."""
    if item.withdrawn:
        gone = {"id": item.id, "content_text": "", "date_modified": item.withdrawn.isoformat()}
        return gone | {"_ratusz": {"withdrawn": item.withdrawn.isoformat()}}
    as_of = item.as_of.isoformat() if item.as_of else None
    own: dict[str, Any] = {"version": item.version, "as_of": as_of, "territory": list(item.territory)}
    if item.point:
        own["point"] = {"latitude": item.point[1], "longitude": item.point[0]}
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_text": item.summary or item.title,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "language": item.language,
        "tags": list(item.topics),
        "_ratusz": own | {"correction": item.correction},
    }


def sitemap(addresses: Iterable[tuple[str, str, Mapping[str, str]]]) -> bytes:
    """A sitemap from (address, day of the last change or "", {language: address of the same in it})."""
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for address, changed, languages in addresses:
        url = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = address
        if changed:
            ElementTree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = changed
        for language, same in sorted(languages.items()):
            ElementTree.SubElement(url, f"{{{XHTML}}}link", {"rel": "alternate", "hreflang": language, "href": same})
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
