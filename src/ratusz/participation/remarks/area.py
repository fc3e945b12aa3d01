"""Whether somebody or a place is inside the area that a consultation or its form concerns: marked on each intake, drops none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shapely.geometry import shape

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.queries import find_district, lies_in_city
from ratusz.participation.consultations.models import Area, Consultation, Form


def district_of(address: str, places: Iterable[Any]) -> District | None:
    """The district of the address, or of the first place on the map; None when unknown or not certain."""
    if address.strip() and (found := find_district(address=address)):
        return found
    return next((found for each in places if each and (found := find_district(point=_middle(each)))), None)


def is_inside(consultation: Consultation, form: Form | None, district: District | None, places: Iterable[Any]) -> bool | None:
    """Whether it is inside; None when that is not known, such as an address without a district for a drawn area."""
    area = form.area if form is not None else None
    areas = [area] if area is not None else list(consultation.areas.all())
    found = [_is_in(each, district, [place for place in places if place]) for each in areas]
    if True in found:
        return True
    return None if not found or None in found else False


def _is_in(area: Area, district: District | None, places: list[Any]) -> bool | None:
    if area.kind == Area.Kind.CITY:
        return any(lies_in_city(_middle(each)) for each in places) if places else (True if district is not None else None)
    if area.kind == Area.Kind.DISTRICT:
        return district.pk == area.district_id if district is not None else None
    whole = shape(area.shape)
    return any(whole.intersects(shape(each)) for each in places) if places else None


def _middle(place: Any) -> tuple[float, float]:
    point = shape(place).representative_point()
    return point.x, point.y
