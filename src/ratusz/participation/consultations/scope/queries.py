"""Reads of the scope: who lies inside, and which districts, streets and house numbers a consultation reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry import shape

from ratusz.foundation.territory.models import AddressRange, District
from ratusz.foundation.territory.queries import find_district, lies_in_city
from ratusz.participation.consultations.models import Area, Consultation
from ratusz.participation.consultations.scope import reach
from ratusz.participation.consultations.scope.reach import Cover

LAST_HOUSE = 999_999_99


class Scope:
    """The areas of a consultation, or one of them, asked many times: districts are read once."""

    def __init__(self, areas: Iterable[Area]):
        self.areas = list(areas)

    @cached_property
    def districts(self) -> list[District]:
        return list(District.objects.order_by("number"))

    @cached_property
    def _covers(self) -> dict[int, dict[int, Cover]]:
        """Place of a drawn area in the list to its covers by number of district."""
        drawn = [(place, each) for place, each in enumerate(self.areas) if each.kind == Area.Kind.DRAWN]
        return {
            place: {one.district.number: one for one in reach.covers(shape(each.shape), self.districts)} for place, each in drawn
        }

    def holds(self, district: District | None = None, places: Iterable[Any] = ()) -> bool | None:
        """Whether a district, or a place (GeoJSON geometry), is inside one of the areas; None where that is not certain."""
        known = [each for each in places if each]
        found = [self._is_in(place, each, district, known) for place, each in enumerate(self.areas)]
        if True in found:
            return True
        return None if not found or None in found else False

    def _is_in(self, place: int, area: Area, district: District | None, places: list[Any]) -> bool | None:
        if area.kind == Area.Kind.CITY:
            return any(lies_in_city(_middle(each)) for each in places) if places else True if district is not None else None
        if area.kind == Area.Kind.DISTRICT:
            own = district or next((found for each in places if (found := find_district(point=_middle(each)))), None)
            return own.pk == area.district_id if own is not None else None
        if places:
            return reach.any_inside(shape(area.shape), places)
        cover = self._covers[place].get(district.number) if district is not None else None
        return cover.is_inside if cover else None

    def reached(self) -> list[Cover]:
        """The districts that are reached, whole or in part, in the order of their names."""
        best: dict[int, Cover] = {}
        for place, area in enumerate(self.areas):
            for cover in self._of(place, area):
                known = best.get(cover.district.number)
                if cover.is_touched and (known is None or known.share < cover.share):
                    best[cover.district.number] = cover
        return sorted(best.values(), key=lambda cover: cover.district.sort_key)

    def _of(self, place: int, area: Area) -> list[Cover]:
        if area.kind == Area.Kind.CITY:
            return [Cover(each, 1.0) for each in self.districts]
        if area.kind == Area.Kind.DISTRICT:
            return [Cover(area.district, 1.0)] if area.district is not None else []
        return list(self._covers[place].values())


def _middle(place: Any) -> tuple[float, float]:
    point = shape(place).representative_point()
    return point.x, point.y


def is_in_area(
    consultation: Consultation,
    *,
    address: str = "",
    district: District | None = None,
    point: tuple[float, float] | None = None,
    places: Iterable[Any] = (),
    area: Area | None = None,
) -> bool | None:
    """Whether an address, a district, a point (longitude, latitude) or drawn places lie inside; None where that is not certain.

    `area`: that one alone, of a form that has its own. A place on the map says more than a district or an address.
    """
    known = [*places, *([reach.as_place(point)] if point else [])]
    scope = Scope([area] if area is not None else consultation.areas.select_related("district"))
    return scope.holds(district or (find_district(address=address) if address.strip() else None), known)


@dataclass(frozen=True)
class ReachedStreet:
    """A street with the house numbers that are reached; `is_certain` where the whole district they lie in is."""

    name: str
    numbers: str
    is_certain: bool


@dataclass(frozen=True)
class Reach:
    """Whom a consultation reaches. `is_approximate`: some shapes are not imported, so their places stand for them."""

    is_city_wide: bool
    districts: list[Cover] = field(default_factory=list)
    streets: list[ReachedStreet] = field(default_factory=list)

    @property
    def is_approximate(self) -> bool:
        return any(each.is_approximate for each in self.districts)

    @property
    def has_partial(self) -> bool:
        return any(not each.is_whole for each in self.districts)


def reach_of(areas: Iterable[Area]) -> Reach:
    """Districts and streets of areas; of the whole city no streets are listed. Two queries."""
    scope = Scope(areas)
    if any(each.kind == Area.Kind.CITY for each in scope.areas):
        return Reach(True)
    covers = scope.reached()
    return Reach(False, covers, streets_of(covers))


def streets_of(covers: Sequence[Cover]) -> list[ReachedStreet]:
    """The streets that belong to the reached districts, in the order of the alphabet; one query."""
    whole = {each.district.pk for each in covers if each.is_whole}
    found = AddressRange.objects.filter(district__in=[each.district.pk for each in covers]).select_related("street")
    by_street: dict[tuple[str, str], list[AddressRange]] = {}
    for part in found.order_by("street__sort_key", "first", "side"):
        by_street.setdefault((part.street.sort_key, part.street.name), []).append(part)
    return [
        ReachedStreet(
            name, "; ".join(dict.fromkeys(map(numbers_in_words, parts))), all(part.district_id in whole for part in parts)
        )
        for (_key, name), parts in by_street.items()
    ]


def numbers_in_words(part: AddressRange) -> str:
    """House numbers as people say them: "1–15, nieparzyste", "od 31", "cała"."""
    first, last = part.first, part.last
    side = "" if part.side == AddressRange.Side.BOTH else str(part.get_side_display())
    if not first and last == LAST_HOUSE:
        return side or _("the whole street")
    if last == LAST_HOUSE:
        words = _("from %(first)s") % {"first": _house(first)}
    else:
        words = f"{_house(first) if first else 1}–{_house(last)}"
    return f"{words}, {side}" if side else words


def _house(key: int) -> str:
    number, letter = divmod(key, 100)
    return f"{number}{chr(ord('a') + letter - 1) if 0 < letter < 27 else ''}"
