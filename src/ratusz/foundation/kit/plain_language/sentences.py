"""Where a Polish sentence ends: abbreviations, ordinals, dates and initials end none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .pack import pack

# From the first mark of a run and never back into it: else forty thousand full stops cost a minute.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”»)\]]*+(?=\s|$)")
_LAST_PIECE = re.compile(r"([^\s(„\"»]+)\.$")
_INITIAL = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]")
_MARK_OF_ITEM = re.compile(r"^(?:[-–—•*·]|\d{1,3}[.)]|[a-z]\))\s+(?=\S)")
_MARKS_OF_END, _CLOSERS = tuple(".!?…:;"), '"”»)]'
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_HAS_WORD = re.compile(r"[^\W_]")
LOOK_BACK = 40
"""How many letters before a full stop can belong to an abbreviation."""


def plain(text: str) -> str:
    """The text with single spaces and line ends, without marks that nobody sees, so that white space changes no score."""
    shown = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    lines = (" ".join(line.split()) for line in re.split(r"[\r\n\u2028\u2029\v\f\x85\x1c-\x1e]+", shown))
    return "\n".join(line for line in lines if line)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order.

    A line is a sentence of its own (headings, points of a list), unless the line before it has no full stop, colon or semicolon
    at its end and it begins with a small letter: text pasted from mail is broken so.
    """
    found: list[str] = []
    for paragraph in _paragraphs(plain(text)):
        start = 0
        for end in _END.finditer(paragraph):
            if not _goes_on(paragraph[max(0, end.start() - LOOK_BACK) : end.start() + 1], paragraph[end.end() :][:2].strip()):
                found.append(paragraph[start : end.end()])
                start = end.end()
        found.append(paragraph[start:])
    return [sentence.strip() for sentence in found if _HAS_WORD.search(sentence)]


def _paragraphs(text: str) -> list[str]:
    joined: list[str] = []
    for line in text.split("\n"):
        marked = _MARK_OF_ITEM.match(line)
        content = line[marked.end() :] if marked else line
        if joined and not marked and content[:1].islower() and not joined[-1].rstrip(_CLOSERS).endswith(_MARKS_OF_END):
            joined[-1] += " " + content
        elif content:
            joined.append(content)
    return joined


def _goes_on(before: str, following: str) -> bool:
    """Whether the sentence goes on after this full stop; `following` is the next letter, "" at the end."""
    if not following:
        return False
    if following[0].islower() or following[0] in ",;:–—-":
        return True
    piece = _LAST_PIECE.search(before)
    if piece is None:
        return False
    word = piece[1]
    if _INITIAL.fullmatch(word):
        return True
    if word in _never_end() or word.lower() in _never_end():
        return True
    return word in _may_end() and not following[0].isupper()


@lru_cache(maxsize=1)
def _never_end() -> frozenset[str]:
    return frozenset(pack().never_end)


@lru_cache(maxsize=1)
def _may_end() -> frozenset[str]:
    return frozenset(pack().may_end)
