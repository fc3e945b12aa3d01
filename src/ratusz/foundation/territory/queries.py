"""From an address or a point to a district."""

from __future__ import annotations

from shapely.geometry import Point, Polygon, shape

from ratusz.foundation.territory.drawing import BEYOND
from ratusz.foundation.territory.models import AddressRange, District, Street
from ratusz.foundation.territory.plan import city_border
from ratusz.foundation.territory.rules import lies_on_side, parse_address


def find_district(*, address: str = "", point: tuple[float, float] | None = None) -> District | None:
    """The district of an address as a person types it, or of a point (longitude, latitude). None when unknown or not certain.

    Tolerant: accents, case, "ul.", a first name left out ("Sobieskiego" for "Jana III Sobieskiego"), letters and flats.
    Without a house number the answer is certain only where the whole street lies in one district.
    """
    if point is not None:
        return _of_point(point)
    street, house = parse_address(address)
    if not street:
        return None
    found = {each.district for each in _ranges(street) if house is None or _holds(each, house)}
    return found.pop() if len(found) == 1 else None


def knows_streets() -> bool:
    """Whether the register of streets was brought in at all: without it no address is placed."""
    return AddressRange.objects.exists()


def lies_in_city(point: tuple[float, float]) -> bool:
    """Whether a point (longitude, latitude) is in the city or right at its border."""
    return bool(Polygon(city_border()).buffer(BEYOND).covers(Point(*point)))


def plan_districts() -> list[District]:
    """What a drawn map needs of each district; one query."""
    return list(District.objects.only("number", "name", "longitude", "latitude", "outline").order_by("number"))


def _of_point(point: tuple[float, float]) -> District | None:
    spot = Point(*point)
    shapes = District.objects.exclude(shape=None).order_by("number")
    return next((district for district in shapes if shape(district.shape).covers(spot)), None)


def _ranges(street: str) -> list[AddressRange]:
    exact = Street.objects.filter(key=street)
    streets = exact if exact.exists() else Street.objects.filter(key__endswith=f" {street}")
    return list(AddressRange.objects.filter(street__in=streets).select_related("district"))


def _holds(part: AddressRange, house: int) -> bool:
    return part.first <= house <= part.last and lies_on_side(house, part.side)
