"""Paragraphs of a document as passages people can speak about: one rule of law, one point of a list, one heading each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ratusz.foundation.kit.plain_language import sentences

HEADING, PARAGRAPH, ITEM, ROW = "heading", "paragraph", "item", "row"
LONGEST = 4000
"""Characters of one passage; a remark keeps as many of its words."""
_CHAPTER = re.compile(r"(?:rozdział|dział|część|załącznik|tytuł|oddział)\s+(?:\d+|[ivxlc]+|[a-z])\b", re.IGNORECASE)
_RULE = re.compile(r"(?:§|art\.|ust\.)\s*\d+[a-z]?\b", re.IGNORECASE)
_BARE_RULE = re.compile(r"(?:§|art\.)\s*\d+[a-z]?\.?$", re.IGNORECASE)
_POINT = re.compile(r"(?:\d{1,3}[a-z]?[.)]|[a-z]{1,2}\)|[–—•·*-])\s+\S")
LONGEST_HEADING = 160


@dataclass(frozen=True)
class Piece:
    """One passage to be: its kind and its words."""

    kind: str
    words: str


@dataclass(frozen=True)
class Read:
    """One paragraph as a reader gave it. `style`: heading, text, item, row."""

    text: str
    style: str


def begins(line: str) -> bool:
    """Whether a line begins a passage of its own: a paragraph sign, an article, a numbered point, a chapter."""
    return bool(_RULE.match(line) or _POINT.match(line) or _CHAPTER.match(line))


def is_heading(line: str) -> bool:
    """Whether a line stands above others: a chapter, or a lone "§ 5."."""
    return len(line) <= LONGEST_HEADING and bool(_CHAPTER.match(line) or _BARE_RULE.match(line))


def pieces(paragraphs: Iterable[Read]) -> list[Piece]:
    """Passages in the order of the document. A paragraph with several points is cut before each; none is longer than 4,000."""
    found: list[Piece] = []
    for paragraph in paragraphs:
        for part in _parts(paragraph.text):
            found += [Piece(_kind(paragraph.style, part), words) for words in _short(part)]
    return found


def _parts(text: str) -> Iterator[str]:
    part: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in text.split("\n"))):
        if part and begins(line):
            yield " ".join(part)
            part = []
        part.append(line)
    if part:
        yield " ".join(part)


def _kind(style: str, part: str) -> str:
    if style == "heading" or is_heading(part):
        return HEADING
    if style == "row":
        return ROW
    return ITEM if style == "item" or _POINT.match(part) else PARAGRAPH


def _short(text: str) -> Iterator[str]:
    if len(text) <= LONGEST:
        yield text
        return
    part = ""
    for sentence in sentences(text) or [text]:
        if part and len(part) + len(sentence) >= LONGEST:
            yield part
            part = ""
        part = f"{part} {sentence}".strip()
        while len(part) > LONGEST:
            yield part[:LONGEST]
            part = part[LONGEST:]
    if part:
        yield part
