"""The city drawn for choosing a point: outlines and names of districts with what turns a place of the drawing into degrees."""

from __future__ import annotations

from dataclasses import dataclass

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.plan import CITY_MARGIN, WIDTH, Frame, Spot, city_border, path_of, rings_of, whole
from ratusz.foundation.territory.queries import plan_districts


@dataclass(frozen=True)
class PointMap:
    """What the template draws; degrees and scale are texts, which no language writes in another way."""

    width: str
    height: str
    outlines: list[tuple[str, str]]
    """Name of a district and its path; the city's border without a name, as long as no shapes are known."""
    names: list[Spot]
    west: str
    north: str
    scale: str
    squeeze: str


def point_map() -> PointMap:
    """The map of the whole city."""
    districts = plan_districts()
    shapes = [(each.name, rings_of(each.outline)) for each in districts]
    if not any(rings for _name, rings in shapes):
        shapes = [("", [city_border()])]
    frame = Frame.around([(x, y) for _name, rings in shapes for ring in rings for x, y, *_ in ring], CITY_MARGIN)
    return PointMap(
        width=str(WIDTH), height=whole(frame.height), west=repr(frame.west), north=repr(frame.north), scale=repr(frame.scale),
        squeeze=repr(frame.squeeze), names=[_named(frame, each) for each in districts if each.point],
        outlines=[(name, " ".join(path_of(frame, ring) for ring in rings)) for name, rings in shapes if rings],
    )  # fmt: skip


def _named(frame: Frame, district: District) -> Spot:
    assert district.point is not None
    x, y = frame.spot(*district.point)
    return Spot(whole(x), whole(y), district.name)
