"""Whether somebody or a place is inside the area that a consultation or its form concerns: marked on each intake, drops none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shapely.geometry import shape

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.queries import find_district
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.consultations.scope.queries import is_in_area


def district_of(address: str, places: Iterable[Any]) -> District | None:
    """The district of the address, or of the first place on the map; None when unknown or not certain."""
    if address.strip() and (found := find_district(address=address)):
        return found
    return next((found for each in places if each and (found := find_district(point=_middle(each)))), None)


def is_inside(consultation: Consultation, form: Form | None, district: District | None, places: Iterable[Any]) -> bool | None:
    """Whether it is inside; None when that is not known, such as an address without a district for a drawn area."""
    area = form.area if form is not None else None
    return is_in_area(consultation, district=district, places=[each for each in places if each], area=area)


def _middle(place: Any) -> tuple[float, float]:
    point = shape(place).representative_point()
    return point.x, point.y
