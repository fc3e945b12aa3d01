"""The city drawn for choosing a place: outlines and names of districts with what turns a place of the drawing into degrees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shapely.geometry import shape

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.plan import CITY_MARGIN, WIDTH, Frame, city_border, path_of, rings_of, whole
from ratusz.foundation.territory.queries import plan_districts
from ratusz.ui.parts import DrawnMap, DrawnName, DrawnShape

MARK = 7
"""Units of the drawing that a known point takes to each side."""


def city_map(
    known: Iterable[tuple[str, dict[str, Any]]] = (), districts: list[District] | None = None, *, is_close: bool = False,
    frame: Frame | None = None,
) -> DrawnMap:  # fmt: skip
    """The map of the whole city with shapes that are there already, as (name, GeoJSON geometry in WGS 84); one query.

    `is_close` draws only what lies around the known shapes, so that small ones can be told apart; `frame` what it holds.
    """
    known, districts = list(known), plan_districts() if districts is None else districts
    shapes = _shapes(districts)
    if frame is None:
        frame = _around(known) if is_close and known else _around_city(shapes)
    names = [_named(frame, each) for each in districts if each.point and frame.holds(*frame.spot(*each.point))]
    return DrawnMap(
        width=str(WIDTH), height=whole(frame.height), west=repr(frame.west), north=repr(frame.north), scale=repr(frame.scale),
        squeeze=repr(frame.squeeze), names=names,
        outlines=[(name, " ".join(path_of(frame, ring) for ring in rings)) for name, rings in shapes if rings],
        known=[_known(frame, name, geometry) for name, geometry in known],
    )  # fmt: skip


def city_frame(districts: list[District]) -> Frame:
    """The frame that holds the whole city."""
    return _around_city(_shapes(districts))


def _shapes(districts: list[District]) -> list[tuple[str, Any]]:
    """Names and rings of the districts; before they are imported the border of the city alone."""
    shapes = [(each.name, rings_of(each.outline)) for each in districts]
    return shapes if any(rings for _name, rings in shapes) else [("", [city_border()])]


def _around_city(shapes: list[tuple[str, Any]]) -> Frame:
    return Frame.around([(x, y) for _name, rings in shapes for ring in rings for x, y, *_ in ring], CITY_MARGIN)


def _around(known: list[tuple[str, dict[str, Any]]]) -> Frame:
    boxes = [shape(geometry).bounds for _name, geometry in known]
    return Frame.around([point for west, south, east, north in boxes for point in ((west, south), (east, north))])


def _named(frame: Frame, district: District) -> DrawnName:
    assert district.point is not None
    x, y = frame.spot(*district.point)
    return DrawnName(whole(x), whole(y), district.name)


def _known(frame: Frame, name: str, geometry: dict[str, Any]) -> DrawnShape:
    drawn = shape(geometry)
    parts = list(getattr(drawn, "geoms", [drawn]))
    return DrawnShape(name, " ".join(_path(frame, part) for part in parts), drawn.geom_type.endswith("Polygon"))


def _path(frame: Frame, part: Any) -> str:
    """Units with one digit after the point: an area of one street is only a few units wide."""
    if part.geom_type == "Point":
        x, y = frame.spot(part.x, part.y)
        return f"M{x - MARK:.1f} {y:.1f}L{x:.1f} {y - MARK:.1f}L{x + MARK:.1f} {y:.1f}L{x:.1f} {y + MARK:.1f}Z"
    rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    end = "Z" if part.geom_type == "Polygon" else ""
    spots = ((frame.spot(x, y) for x, y, *_ in ring.coords) for ring in rings)
    return " ".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + end for ring in spots)
