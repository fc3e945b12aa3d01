"""When two who signed are one person: the normal form of a name and an address, and what only looks like one; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ratusz.foundation.kit.words import search_key
from ratusz.foundation.territory.rules import street_key

_AFTER_THE_POSTCODE = re.compile(r"\s*\b\d\d-\d{3}\b.*$")
_HOME = re.compile(
    r"^(?P<street>.*?\S)\s+(?P<house>\d{1,5})\s*(?P<letter>[a-z]?)(?:\s*(?:/|\bm\b\.?|\blok\b\.?|\bmieszkanie\b|m(?=\d))\s*(?P<flat>\w+))?$"
)
NEAR = 0.85
"""Share of equal letters from which two names or streets are shown to a clerk as possibly one."""
NEIGHBOURS = 60
"""With how many next ones in the order of names each is compared: all of any house but the largest."""


@dataclass(frozen=True)
class Home:
    """An address taken apart for comparing; `house` is empty where none was written."""

    street: str
    house: str
    flat: str


@dataclass(frozen=True)
class Who:
    """Somebody who signed, in normal form. `ref` is whatever the caller knows them by."""

    ref: Any
    name: str
    home: Home
    is_child: bool = False


def plain_name(name: str) -> str:
    """A name for comparing: no accents, case, dots or hyphens, its words in the order of the alphabet."""
    return " ".join(sorted(re.sub(r"[^\w]|_", " ", search_key(name)).split()))


def plain_home(home: str) -> Home:
    """An address for comparing: no "ul.", accents, case, postcode and town; house with its letter and flat apart."""
    first = _AFTER_THE_POSTCODE.sub("", " ".join(search_key(home).split(",")[0].split()))
    found = _HOME.match(first)
    if not found:
        return Home(street_key(first), "", "")
    return Home(street_key(found["street"]), found["house"].lstrip("0") + found["letter"], (found["flat"] or "").lstrip("0"))


def who(ref: Any, name: str, home: str, is_child: bool = False) -> Who:
    """Somebody in normal form."""
    return Who(ref, plain_name(name), plain_home(home), is_child)


def who_of(signature: Any) -> Who:
    """Who wrote a signature."""
    return who(signature.pk, signature.name, signature.home, signature.is_child)


def same_parts(name: str, home: str) -> tuple[str, ...]:
    """What makes a person the same for the digest."""
    place = plain_home(home)
    return plain_name(name), place.street, place.house, place.flat


def why_alike(one: Who, other: Who) -> str:
    """Why two may be one person: "flat", "street", "name", "child" for the same in full of whom one signs for a child.

    Empty when they are the same in full or do not look alike.
    """
    here, there = one.home, other.home
    if one.name == other.name:
        if (here.street, here.house) == (there.street, there.house):
            return "flat" if here.flat != there.flat else "child" if one.is_child != other.is_child else ""
        return "street" if here.house == there.house and _near(here.street, there.street) else ""
    is_one_door = (here.street, here.house) == (there.street, there.house) and (
        here.flat == there.flat or not (here.flat and there.flat)
    )
    return "name" if is_one_door and _near(one.name, other.name) else ""


def _near(one: str, other: str) -> bool:
    # In one order: the matcher's answer for (a, b) and (b, a) may differ.
    match = SequenceMatcher(None, *sorted((one, other)), autojunk=False)
    return match.real_quick_ratio() >= NEAR and match.quick_ratio() >= NEAR and match.ratio() >= NEAR


def alike(people: Iterable[Who]) -> Iterator[tuple[Who, Who, str]]:
    """Pairs that may be one person, each once: of one house, or of one name in streets that look alike."""
    houses, names = defaultdict(list), defaultdict(list)
    for each in people:
        houses[each.home.street, each.home.house].append(each)
        names[each.name].append(each)
    for group in houses.values():
        yield from _within(sorted(group, key=lambda each: each.name), ("flat", "name", "child"))
    for group in names.values():
        yield from _within(sorted(group, key=lambda each: each.home.street), ("street",))


def _within(group: Sequence[Who], kinds: tuple[str, ...]) -> Iterator[tuple[Who, Who, str]]:
    for index, one in enumerate(group):
        for other in group[index + 1 : index + 1 + NEIGHBOURS]:
            if (why := why_alike(one, other)) in kinds:
                yield one, other, why
