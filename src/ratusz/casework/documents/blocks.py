"""A document as neutral blocks: one source for its page, PDF and DOCX, with one hash printed in all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading below the title: level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """One paragraph; line breaks inside stay. `strong` words stand before it: who speaks, a number."""

    text: str
    strong: str = ""


@dataclass(frozen=True)
class Items:
    """A list, numbered or not; on a form to be filled in by hand with an empty box before each."""

    items: Sequence[str]
    numbered: bool = False
    has_boxes: bool = False


@dataclass(frozen=True)
class Facts:
    """Labels with what they say, such as the heading of minutes."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """A table with one row of headings; a cell is text. `caption` says what it is.

    `is_wide`: many columns or thousands of rows; in print it lies across pages of its own, turned on their side.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Notice:
    """Words set apart: a note of the office, what is missing, what changed."""

    text: str


@dataclass(frozen=True)
class Signatures:
    """Places to sign by hand, each with the role under the line."""

    roles: Sequence[str]


SHOWN = 12
"""Signs of the digest that are printed."""
Block = Heading | Text | Items | Facts | Table | Notice | Signatures


@dataclass(frozen=True)
class Document:
    """A title and blocks. `address` is the page where the text can be checked: its QR stands at the end of the PDF."""

    title: str
    blocks: Sequence[Block]
    subtitle: str = ""
    language: str = "pl"
    footer: str = ""
    address: str = ""
    address_words: str = ""
    author: str = ""
    mark: str = ""
    """The digest that is printed, where it is not that of these blocks: of the approved text that the document was made of."""
    size: float = 9.5
    """Points of the letters in tables: larger for a list read standing."""


def plain(document: Document) -> list[dict[str, Any]]:
    """Blocks as plain values in order, for templates of Typst, pages, and the hash."""
    return [{"kind": type(block).__name__.lower(), **_values(block)} for block in document.blocks]


def _values(block: Block) -> dict[str, Any]:
    # What is not wide and has no boxes says nothing of it, so that the digests of documents made before stay.
    return {name: _plain(value) for name, value in vars(block).items() if name not in ("is_wide", "has_boxes") or value}


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def printed_mark(document: Document) -> str:
    """The first signs of the digest, as every rendition prints them."""
    return (document.mark or fingerprint(document))[:SHOWN]


def fingerprint(document: Document) -> str:
    """SHA-256 of title, subtitle, language and blocks: the same in every format, other when a letter changes."""
    content = {"title": document.title, "subtitle": document.subtitle, "language": document.language, "blocks": plain(document)}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
