"""What counts as one word: a number, a date, an abbreviation and an address each by one fixed rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .pack import pack

_MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
_LETTER = r"[^\W\d_]"
_WITH_DOTS = "|".join(re.escape(each) for each in (*pack().never_end, *pack().may_end) if "." in each)
_TOKEN = re.compile(
    rf"""
    (?P<address>(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+)
  | (?P<date>\d{{1,2}}\.?\ (?:{_MONTHS})(?:\ \d{{4}})?(?:\ (?:r\.|roku))?(?!\w)
    |\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?:\ r\.)?|\d{{4}}-\d\d-\d\d)
  | (?P<number>\d+(?:[.,:/-]\d+|\ \d{{3}}(?!\d))*(?:\ ?%)?)
  | (?P<word>(?<!\w)(?:{_WITH_DOTS})(?=\.)|{_LETTER}+(?:['’]{_LETTER}+)*)
    """,
    re.VERBOSE,
)
_ACRONYM = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ][A-ZĄĆĘŁŃÓŚŹŻ0-9]+")


@dataclass(frozen=True)
class Word:
    """One word of a sentence as it is counted."""

    text: str
    kind: str
    """word, number, date, abbreviation, acronym or address; all but words count as one plain word."""
    start: int
    end: int


def words_of(sentence: str) -> list[Word]:
    """The counted words of one sentence in their order; parts joined by a hyphen are words of their own."""
    found = []
    for token in _TOKEN.finditer(sentence):
        kind = str(token.lastgroup)
        if kind == "word":
            kind = _kind_of(token[0], sentence[token.end() : token.end() + 1])
        found.append(Word(token[0], kind, token.start(), token.end()))
    return found


def _kind_of(text: str, after: str) -> str:
    if _ACRONYM.fullmatch(text):
        return "acronym"
    return "abbreviation" if after == "." and (text in _abbreviations() or text.lower() in _abbreviations()) else "word"


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset((*pack().never_end, *pack().may_end))
