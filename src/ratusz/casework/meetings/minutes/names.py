"""Names of private persons in public words: found, and left out of who somebody was said to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ratusz.foundation.kit.lemmas import is_first_name
from ratusz.foundation.kit.words import search_key

_PAIR = re.compile(r"\b([A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+)(?=(?:[ \u00a0][A-ZĄĆĘŁŃÓŚŹŻ]\.)?[ \u00a0]([A-ZĄĆĘŁŃÓŚŹŻ][\w’'-]+))")
"""The surname is looked at, not taken, so that “Pani Anna Nowak” is read as a name too."""
_OF_STREETS = re.compile(
    r"(?:\b(?:ul|al|pl|os|im|św|rondo|ulic\w*|alej\w*|plac\w*|osiedl\w*|park\w*|imienia|patron\w*|szkoł\w*)\b\.?[ \u00a0]*)$",
    re.IGNORECASE,
)
BEFORE = 20


def names_in(text: str, known: Collection[str] = ()) -> Iterator[str]:
    """First names with a surname, in order, but for streets and patrons and for `known` (officials, whose names are public)."""
    kept = {search_key(each) for each in known}
    for found in _PAIR.finditer(text):
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if not is_first_name(found[1]) or _OF_STREETS.search(before):
            continue
        whole = f"{found[1]} {found[2]}"
        if not any(search_key(whole) in each or _same_person(found[1], found[2], each) for each in kept):
            yield whole


def _same_person(first: str, surname: str, known: str) -> bool:
    """Whether it is a known name in another case: "Anny Nowak", "Marcinowi Krupie"; the first three letters of both decide."""
    begin = [search_key(first)[:3], search_key(surname)[:4].rstrip("aeiouy")]
    words = known.split()
    return all(any(word.startswith(each) for word in words) for each in begin)


def officials_in(lines: str) -> list[str]:
    """Names of officials as the presence block lists them: one in a line, before the comma or dash."""
    return [name for line in lines.splitlines() if (name := re.split(r"[,–—]| - ", line)[0].strip())]


def who_of(words: str, officials: Collection[str] = ()) -> dict[str, object]:
    """Who speaks, taken apart: name, role, is_official. Of “Jan Nowak, mieszkaniec, Ligota” the name stays in the Office."""
    parts = [part.strip() for part in words.split(",") if part.strip()]
    names = [part for part in parts if _is_named(part)]
    is_official = bool(names) and not any(True for part in names for _name in names_in(part, officials))
    roles = [part for part in parts if part not in names]
    return {"name": ", ".join(names), "role": ", ".join(roles), "is_official": is_official}


def _is_named(part: str) -> bool:
    begins = re.sub(r"^(?:pan|pani|p\.)\s+", "", part, flags=re.IGNORECASE).split()
    return bool(begins) and begins[0][:1].isupper() and is_first_name(begins[0])
