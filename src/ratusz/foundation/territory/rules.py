"""How an address is read, and who may change the map of the city."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.words import search_key

KINDS = re.compile(r"^(ulica|ul|aleja|aleje|al|plac|pl|osiedle|os|rondo|skwer)\b\.?\s*")
HOUSE = re.compile(r"\s+(?P<number>\d{1,5})\s*(?P<letter>[a-z])?(?:\s*(?:/|m\.?|lok\.?)\s*\w*)?$")
AFTER_LETTERS = 99
"""A range that ends at 15 holds 15a to 15z too."""


def may(person: Any, deed: str, object: Any, at: datetime) -> bool:
    """Whether a person may load shapes and streets: by the permission that follows from the role (people.roles)."""
    return deed == "import_map" and bool(person.has_perm("ratusz_territory.change_district"))


def street_key(text: str) -> str:
    """A street's name for comparing: no accents, no case, no "ul.", no dots: "ul. Św. Jana" and "sw Jana" are equal."""
    plain = KINDS.sub("", " ".join(search_key(text).replace(".", ". ").split()))
    return " ".join(re.sub(r"[^\w ]", " ", plain).split())


def house_key(number: int, letter: str = "", *, is_last: bool = False) -> int:
    """A house number as one whole number in order: 12 < 12a < 12b < 13. As the end of a range 12 stands after 12z."""
    within = ord(letter.lower()) - ord("a") + 1 if letter else AFTER_LETTERS if is_last else 0
    return number * 100 + within


def parse_address(text: str) -> tuple[str, int | None]:
    """(street for comparing, house key or None) of "ul. Mariacka 12a/5, 40-014 Katowice". Flat and town are left out."""
    first = search_key(text.split(",")[0])
    match = HOUSE.search(first)
    if not match:
        return street_key(first), None
    return street_key(first[: match.start()]), house_key(int(match["number"]), match["letter"] or "")


def lies_on_side(house: int, side: str) -> bool:
    """Whether a house key is on that side of the street: both, odd or even numbers."""
    return side == "both" or (house // 100 % 2 == 1) == (side == "odd")
