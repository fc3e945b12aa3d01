"""How an address is read, and who may change the map of the city."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.words import search_key

KINDS = re.compile(r"^(ulica|ul|aleja|aleje|al|plac|pl|osiedle|os|rondo|skwer)\b\.?\s*")
HOUSE = re.compile(r"\s+(?P<number>\d{1,5})\s*(?P<letter>[a-z])?(?:\s*(?:/|m\.?|lok\.?)\s*\w*)?$")
NUMBER = r"\d{{1,2}}(?:[.,]\d{{1,9}})?"
ANGLE = (
    r"(?P<{0}_before>[NSEWnsew])? ?(?P<{0}_d>-?\d{{1,3}}(?:[.,]\d{{1,12}})?) ?°? ?"
    rf"(?:(?P<{{0}}_m>{NUMBER}) ?['′’] ?(?:(?P<{{0}}_s>{NUMBER}) ?(?:\"|″|”|'') ?)?)?(?P<{{0}}_after>[NSEWnsew])?"
)
PAIR = re.compile(rf"\(?{ANGLE.format('a')}(?: ?[,;/] ?| ){ANGLE.format('b')}\)?")
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


def read_point(text: str) -> tuple[float, float] | None:
    """(longitude, latitude) of "50.2590, 19.0216" as maps give it: latitude first unless letters say else. None when unreadable.

    Commas for dots, degrees with minutes and seconds, N and E before or after the numbers are read as well.
    """
    found = PAIR.fullmatch(" ".join(text.replace("\u2212", "-").split()))
    if found is None:
        return None
    numbers = [_degrees(found, part) for part in ("a", "b")]
    letters = [(found[f"{part}_before"] or found[f"{part}_after"] or "").upper() for part in ("a", "b")]
    if letters[0] in ("E", "W") or letters[1] in ("N", "S"):
        numbers, letters = numbers[::-1], letters[::-1]
    if letters[0] in ("E", "W") or letters[1] in ("N", "S"):
        return None
    latitude, longitude = (-number if letter in ("S", "W") else number for number, letter in zip(numbers, letters, strict=True))
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _degrees(found: re.Match[str], part: str) -> float:
    degrees, minutes, seconds = (float((found[f"{part}_{name}"] or "0").replace(",", ".")) for name in ("d", "m", "s"))
    return degrees + minutes / 60 + seconds / 3600


def lies_on_side(house: int, side: str) -> bool:
    """Whether a house key is on that side of the street: both, odd or even numbers."""
    return side == "both" or (house // 100 % 2 == 1) == (side == "odd")
