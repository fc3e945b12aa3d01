"""The place of one remark drawn among the districts around it, for its page and for staff."""

from __future__ import annotations

from ratusz.foundation.territory.city_map import city_frame, city_map
from ratusz.foundation.territory.queries import plan_districts
from ratusz.participation.remarks import mapping
from ratusz.participation.remarks.models import Remark
from ratusz.ui.parts import DrawnMap


def place_map(remark: Remark) -> DrawnMap | None:
    """None for a remark without a place; one query."""
    if not remark.place:
        return None
    districts = plan_districts()
    frame = mapping.around(city_frame(districts), remark.place)
    return city_map([(str(remark), remark.place)], districts, frame=frame)
