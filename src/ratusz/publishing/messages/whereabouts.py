"""Where a message is about: a point typed by hand, read and checked against the city; districts of the addresses in a place."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.queries import find_district, lies_in_city
from ratusz.foundation.territory.rules import read_point

HOUSES = re.compile(r"(?P<first>\d+\s?[a-zA-Z]?)\s*[-–—]\s*(?P<last>\d+\s?[a-zA-Z]?)\s*$")
MOST_ADDRESSES = 10
MOST_TYPED = 300


def point_in_words(longitude: float | None, latitude: float | None) -> str:
    """ "50.25900, 19.02160": the order and the dots that maps use, so that it can be copied there and back."""
    return "" if longitude is None or latitude is None else f"{latitude:.5f}, {longitude:.5f}"


class PointField(forms.CharField):
    """A point as maps give it, latitude first; empty when there is none. What it gives is (longitude, latitude) or None."""

    def __init__(self, **kwargs: Any):
        super().__init__(max_length=80, required=False, **kwargs)

    def clean(self, value: Any) -> tuple[float, float] | None:
        text = super().clean(value)
        if not text:
            return None
        point = read_point(text)
        if point is None:
            raise ValidationError(
                _("This is no point. Copy two numbers from a map, latitude first, for example: 50.2590, 19.0216.")
            )
        point = round(point[0], 5), round(point[1], 5)
        if lies_in_city(point):
            return point
        if lies_in_city(point[::-1]):
            right = point_in_words(point[1], point[0])
            raise ValidationError(
                _("The numbers stand the other way round: latitude comes first. Write: %(right)s") % {"right": right}
            )
        raise ValidationError(_("This point is outside the city. Check both numbers, or leave the field empty."))


@dataclass(frozen=True)
class Whereabouts:
    """What the program knows of a typed place."""

    districts: tuple[District, ...]
    known: tuple[str, ...]
    """Addresses with their district, as words."""
    unknown: tuple[str, ...]


def whereabouts_of(place: str) -> Whereabouts:
    """Districts of the addresses in a place ("ul. Mikołowska 10–44, Rynek"); of a row of houses both ends are asked."""
    districts: list[District] = []
    known, unknown = [], []
    for address in [part.strip() for part in re.split(r"[,;]", place[:MOST_TYPED]) if part.strip()][:MOST_ADDRESSES]:
        found = [find_district(address=each) for each in _ends(address)]
        names = [district.name for district in found if district is not None]
        if len(names) < len(found):
            unknown.append(address)
            continue
        districts += [district for district in found if district is not None and district not in districts]
        known.append(f"{address} ({', '.join(dict.fromkeys(names))})")
    return Whereabouts(tuple(districts), tuple(known), tuple(unknown))


def place_in_words(typed: dict[str, Any]) -> list[str]:
    """What the program says of a typed place and point; it marks the districts it is certain of in `typed`."""
    found = whereabouts_of(typed["place"])
    words = []
    if found.known:
        marked = [*typed["district_numbers"], *(str(each.number) for each in found.districts)]
        typed["district_numbers"] = list(dict.fromkeys(marked))
        words.append(_("Known: %(addresses)s. Their districts are marked below.") % {"addresses": "; ".join(found.known)})
    if found.unknown:
        unknown = "; ".join(found.unknown)
        words.append(
            _("Not in the city's list of streets, or in several districts: %(what)s. Mark the districts.") % {"what": unknown}
        )
    return [*words, *_of_point(typed["point"])] or [_("Write a place or a point first.")]


def _of_point(typed: str) -> list[str]:
    try:
        point = PointField().clean(typed)
    except ValidationError as refusal:
        return list(refusal.messages)
    if point is None:
        return []
    district = find_district(point=point)
    if district is None:
        return [_("The point is in the city; of which district it is, the program does not know.")]
    return [_("The point lies in the district %(district)s.") % {"district": district.name}]


def _ends(address: str) -> list[str]:
    houses = HOUSES.search(address)
    if houses is None:
        return [address]
    street = address[: houses.start()]
    return [f"{street}{houses['first']}", f"{street}{houses['last']}"]


def point_contradicts(point: tuple[float, float], numbers: Collection[int]) -> str:
    """Why a point cannot stand with these districts, in words; "" when it can, or when nobody knows where it lies."""
    district = find_district(point=point) if numbers else None
    if district is None or district.number in numbers:
        return ""
    return _("This point lies in the district %(district)s, which is not marked. Mark it too, or correct the point.") % {
        "district": district.name
    }
