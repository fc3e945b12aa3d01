"""A text as the gates read it: neutral facts of a page, a message or a submission, each with a link to its very field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

PROSE = ("paragraph", "item", "heading", "quote")
"""Kinds of passages whose words count for the readability."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Passage:
    """One part of the text: a paragraph, a heading, a point of a list, a cell's row, a quotation, a contact or a button."""

    text: str
    kind: str = "paragraph"
    """paragraph, item, heading, quote, table, contact or button."""
    level: int = 0
    """Of a heading: 2 for h2."""
    url: str = ""
    """Where this part is edited."""
    own_words: str | None = None
    """The text without what is marked as another language; None when nothing is marked."""

    @property
    def unmarked(self) -> str:
        return self.text if self.own_words is None else self.own_words


@dataclass(frozen=True)
class Picture:
    """A picture as it is used here."""

    alt: str
    is_decorative: bool = False
    title: str = ""
    url: str = ""
    image: Any = None
    """The picture's own row, for gates that ask for its passport."""
    came_as: str = ""
    """SHA-1 of the file as it came, where the text keeps a picture of its own: it may be one of the photo bank's."""


@dataclass(frozen=True)
class Link:
    """A link with the words it is read by."""

    text: str
    address: str
    url: str = ""


@dataclass(frozen=True)
class File:
    """A file to download."""

    title: str
    address: str
    has_page_twin: bool = False
    is_tagged: bool | None = None
    """Whether a PDF carries its structure; None when nobody knows."""
    url: str = ""

    @property
    def is_pdf(self) -> bool:
        return self.address.lower().split("?")[0].split("#")[0].endswith(".pdf")


@dataclass(frozen=True)
class Table:
    """A table with its headings."""

    caption: str
    headings: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True)
class Video:
    """A recording."""

    title: str
    has_captions: bool = False
    has_transcript: bool = False
    captions_are_due: bool = False
    """The clock for captions runs (live recordings)."""
    url: str = ""


@dataclass(frozen=True)
class Colours:
    """A colour of letters on a background, both as written in a style; "" stands for the page's own."""

    letters: str = ""
    background: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reading:
    """Everything the gates ask of one text. What a kind of text has not got stays None and is not asked for."""

    subject: str
    """A stable key, "page:12" or "messages.variant:7"."""
    kind: str
    """The reader's name: "page", "messages.variant"."""
    title: str
    target: str = "web"
    """Whose lengths and score hold: web, newsletter, bulletin, crisis, sms, social, legal (exempt) or etr."""
    lead: str | None = None
    language: str = "pl"
    passages: tuple[Passage, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[File, ...] = ()
    tables: tuple[Table, ...] = ()
    videos: tuple[Video, ...] = ()
    colours: tuple[Colours, ...] = ()
    has_care: bool = True
    """Whether somebody must look after it for long (pages); a message sent once has no owner and review of its own."""
    owner_unit: Any = None
    contact: str = ""
    review_date: date | None = None
    is_dated_on_leaving: bool = False
    """The day of review follows from the day it leaves: another one tomorrow is no other text."""
    around: tuple[Passage, ...] = ()
    """What stands around the text for readers: the words of its address, what search engines show. Never read as prose."""
    asks_as_of: bool = False
    as_of: datetime | date | None = None
    asks_expiry: bool = False
    expires_at: datetime | None = None
    known_phones: tuple[str, ...] = ()
    """Of the owner unit, besides those in contact passages."""
    edit_url: str = ""
    field_urls: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Links to the fields "title", "lead", "owner_unit", "contact", "review_date", "as_of", "expires_at", and all "text"."""
    facts: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """What gates of upper modules read besides: author, approver, district …"""

    def url_of(self, name: str) -> str:
        """Where that field is edited; the whole text's address when nobody said."""
        return self.field_urls.get(name) or self.edit_url

    @property
    def prose(self) -> str:
        """The lead and all sentences, a passage in a line: what the readability is measured on."""
        parts = [self.lead or "", *(passage.text for passage in self.passages if passage.kind in PROSE)]
        return "\n".join(f"• {' '.join(part.split())}" for part in parts if part.strip())

    @property
    def all_words(self) -> list[tuple[str, str, str]]:
        """(text, kind of passage, link to its field) of every place where words stand, for patterns."""
        places = [(self.title, "title", self.url_of("title")), (self.lead or "", "lead", self.url_of("lead"))]
        places += [(passage.text, passage.kind, passage.url) for passage in self.passages]
        places += [(picture.alt, "alt", picture.url) for picture in self.pictures]
        places += [(passage.text, passage.kind, passage.url) for passage in self.around]
        return [(text, kind, url or self.edit_url) for text, kind, url in places if text]

    def fingerprint(self) -> str:
        """A digest of the content, without addresses of editing: a changed text has another one."""
        content = [
            self.title, self.lead, self.language, self.target,
            [(passage.kind, passage.level, passage.text, passage.own_words) for passage in self.passages],
            [(picture.alt, picture.is_decorative, picture.title) for picture in self.pictures],
            [(passage.kind, passage.text) for passage in self.around],
            [(link.text, link.address) for link in self.links],
            [(file.title, file.address, file.has_page_twin, file.is_tagged) for file in self.files],
            [(table.caption, table.headings) for table in self.tables],
            [(video.title, video.has_captions, video.has_transcript, video.captions_are_due) for video in self.videos],
            [(colours.letters, colours.background, colours.text) for colours in self.colours],
            str(getattr(self.owner_unit, "pk", self.owner_unit)), self.contact,
            None if self.is_dated_on_leaving else self.review_date, self.as_of, self.expires_at,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()
