"""Clean HTML to the blocks of a page and back, so that one text can be pasted, typed and put on the portal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import nh3
from django.utils.html import escape
from lxml import etree, html

Block = dict[str, Any]
PLACEHOLDER = re.compile(r"^\[\[\s*(obrazek|tabela|blok)\s+(\d{1,9})\s*\]\]$", re.IGNORECASE)
_STRAY = re.compile(r"<p>\s*(\[\[\s*(?:obrazek|tabela|blok)\s+\d{1,9}\s*\]\])\s*</p>", re.IGNORECASE)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = {"strong", "em", "a", "br"}
LONGEST_HEADING = 160


@dataclass
class Placed:
    """What the text refers to by [[…]]: pictures by their number, the others by their place in the version it began from."""

    pictures: dict[int, Block] = field(default_factory=dict)
    others: dict[int, Block] = field(default_factory=dict)
    places: dict[tuple[str, int], int] = field(default_factory=dict)
    """The first table is [[tabela 1]], wherever it stands: (kind, number) → place."""

    def find(self, kind: str, number: int) -> Block | None:
        """The block a mark stands for, None when there is no such thing."""
        if kind.lower() == "obrazek":
            return self.pictures.get(number)
        return self.others.get(self.places.get((kind.lower(), number), 0))


@dataclass
class Made:
    """Blocks made of HTML, a title found above them, and pictures to be taken in (by their source, in their place)."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    stray_marks: list[str] = field(default_factory=list)
    """Marks that stand for nothing: they stay as they were typed."""


def picture_block(number: int, alt: str = "", *, decorative: bool = False, caption: str = "") -> Block:
    """A picture of a submission by its number."""
    return {"type": "picture", "value": {"picture": number, "alt": alt, "decorative": decorative, "caption": caption}}


def blocks_of_html(clean: str, placed: Placed, take_picture: Callable[[str, str], Block | None]) -> Made:
    """Blocks of clean HTML. `take_picture(source, alt)` gives the block of an <img>, None when it cannot be taken."""
    made = Made()
    if not clean.strip():
        return made
    tree = html.fragment_fromstring(clean, create_parent="div")
    levels = sorted({HEADINGS[each.tag] for each in tree.iter() if each.tag in HEADINGS})
    if levels and levels[0] == 1 and sum(1 for _each in tree.iter("h1")) == 1 and len(levels) > 1:
        first = next(tree.iter("h1"))
        made.title = " ".join(first.text_content().split())
        first.drop_tree()
        levels = levels[1:]
    names = {level: "h2" if level == levels[0] else "h3" for level in levels}
    for piece in _pieces(tree):
        _add(made, piece, names, placed, take_picture)
    return made


def _pieces(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Elements of the top level in order; loose words become paragraphs, boxes are opened."""
    loose = html.Element("p")
    loose.text = tree.text
    for child in list(tree):
        tail, child.tail = child.tail, None
        if child.tag in INLINE or child.tag in ("b", "i", "li"):
            loose.append(child)
            child.tail = tail
            continue
        yield from _loose(loose)
        loose = html.Element("p")
        loose.text = tail
        yield from _pieces(child) if child.tag in ("div", "blockquote") else [child]
    yield from _loose(loose)


def _loose(paragraph: html.HtmlElement) -> Iterator[html.HtmlElement]:
    if paragraph.text_content().strip():
        yield paragraph


def _add(made: Made, piece: Any, names: dict[int, str], placed: Placed, take: Callable[[str, str], Block | None]) -> None:
    words = " ".join(piece.text_content().split())
    pictures = [block for each in piece.iter("img") if (block := take(each.get("src", ""), each.get("alt", "")))]
    mark = PLACEHOLDER.match(words) if piece.tag not in ("ul", "ol", "table") else None
    known = placed.find(mark[1], int(mark[2])) if mark else None
    if mark and known is None:
        made.stray_marks.append(words)
    if known is not None:
        made.blocks.append(known)
    elif piece.tag in HEADINGS and words:
        value = {"text": words[:LONGEST_HEADING], "level": names[HEADINGS[piece.tag]]}
        made.blocks.append({"type": "heading", "value": value})
    elif piece.tag == "table":
        made.blocks += _table(piece)
    elif piece.tag in ("p", "ul", "ol") and words:
        _add_words(made.blocks, piece)
    made.blocks += pictures


def _add_words(blocks: list[Block], piece: Any) -> None:
    """Paragraphs and lists that follow each other are one block of text."""
    raw = etree.tostring(piece, encoding="unicode", method="html", with_tail=False)
    raw = re.sub(r"<(/?)b>", r"<\1strong>", re.sub(r"<(/?)i>", r"<\1em>", raw))
    tags = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
    text = nh3.clean(
        raw, tags=tags, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
    ).strip()
    text = re.sub(r"<(strong|em|p|li)>(\s|&nbsp;|<br>)*</\1>", "", re.sub(r"<a>(.*?)</a>", r"\1", text, flags=re.DOTALL))
    text = re.sub(r"(?:\s|&nbsp;)+(?=</(?:p|li)>)|(?<=<p>)\s+", "", re.sub(r"\s*\n\s*", " ", text))
    if not text:
        return
    if blocks and blocks[-1]["type"] == "paragraph":
        blocks[-1] = {"type": "paragraph", "value": blocks[-1]["value"] + text}
    else:
        blocks.append({"type": "paragraph", "value": text})


def _table(table: Any) -> list[Block]:
    """Rows and cells as the table block wants them; a picture in a cell stands behind the table."""
    rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(len(row) for row in rows)
    lines = ["\t".join(row + [""] * (width - len(row))) if width > 1 else row[0].replace(";", ",") for row in rows]
    value = {"caption": "", "cells": "\n".join(lines), "first_column_is_heading": False}
    return [{"type": "table", "value": value}]


def _cell(cell: Any) -> str:
    return " ".join(cell.text_content().split())


TEXTS = ("heading", "paragraph")


def kinds_and_numbers(blocks: Sequence[Block]) -> Iterator[tuple[int, Block, str, int]]:
    """Each block that is no text with its place (from 1), and how it is named within the text: its kind and number."""
    counts = {"tabela": 0, "blok": 0}
    for place, block in enumerate(blocks, 1):
        if block["type"] == "picture":
            yield place, block, "obrazek", block["value"]["picture"]
        elif block["type"] not in TEXTS:
            kind = "tabela" if block["type"] == "table" else "blok"
            counts[kind] += 1
            yield place, block, kind, counts[kind]


def marks_of(blocks: Sequence[Block]) -> dict[int, str]:
    """By place the mark of each block that is no text."""
    return {place: f"[[{kind} {number}]]" for place, _block, kind, number in kinds_and_numbers(blocks)}


def stray_marks(blocks: Sequence[Block]) -> list[str]:
    """Paragraphs that look like a mark and stand for nothing; readers would see them."""
    paragraphs = (block["value"] for block in blocks if block["type"] == "paragraph")
    return [mark[1] for words in paragraphs for mark in _STRAY.finditer(words)]


def html_of_blocks(blocks: Sequence[Block]) -> str:
    """For the place where people write: text as it is, everything else by its mark in a paragraph of its own."""
    marks = marks_of(blocks)
    return "".join(_html(block, marks.get(place, "")) for place, block in enumerate(blocks, 1))


def _html(block: Block, mark: str) -> str:
    if block["type"] == "heading":
        level = block["value"]["level"]
        return f"<{level}>{escape(block['value']['text'])}</{level}>"
    return block["value"] if block["type"] == "paragraph" else f"<p>{mark}</p>"


def placed_in(blocks: Sequence[Block], pictures: Sequence[int]) -> Placed:
    """What a text that began from these blocks may refer to; pictures that stand nowhere yet can be named as well."""
    placed = Placed(pictures={number: picture_block(number) for number in pictures})
    for place, block, kind, number in kinds_and_numbers(blocks):
        if kind == "obrazek":
            placed.pictures[number] = block
        else:
            placed.others[place] = block
            placed.places[kind, number] = place
    return placed
