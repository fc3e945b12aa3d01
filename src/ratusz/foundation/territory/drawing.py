"""Places drawn on the map: points, lines and areas read from what a person typed, drew or pasted, checked, in WGS 84; pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import LineString, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from ratusz.foundation.territory.plan import city_border
from ratusz.foundation.territory.rules import read_point

POINT, LINE, AREA = "point", "line", "area"
KINDS = (POINT, LINE, AREA)
MOST_CHARACTERS = 60_000
MOST_VERTICES = 500
BEYOND = 0.008
"""Degrees, under a kilometre: the border's drawing is rough, and what stands right behind it concerns the city."""
GRID = 0.000_001
"""Degrees, about 10 cm: nobody draws more exactly."""
SHAPES = {
    "Point": POINT, "LineString": LINE, "MultiLineString": LINE, "Polygon": AREA, "MultiPolygon": AREA,
}  # fmt: skip


class DrawingRefused(ValueError):
    """What was drawn or typed cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Drawing:
    """A drawn place: `geometry` is GeoJSON in WGS 84, `kind` one of point, line, area."""

    kind: str
    geometry: dict[str, Any]


def read_drawing(text: str, kind: str, *, allowed: Collection[str] = KINDS, most_vertices: int = MOST_VERTICES) -> Drawing:
    """Reads lines of "latitude, longitude", one place a line, as the kind says, or a pasted GeoJSON, whose kind is its own.

    Raises DrawingRefused for what is too long, unreadable, of a kind that is not asked for, crossing itself or outside the city.
    """
    if len(text) > MOST_CHARACTERS:
        raise DrawingRefused(_("The drawing is too large. Draw it with fewer points."))
    drawn = _of_geojson(text) if text.lstrip().startswith("{") else _of_lines(text, kind)
    if SHAPES.get(drawn.geom_type) not in allowed:
        raise DrawingRefused(_("Show it in another way: this form takes {kinds}.").format(kinds=kinds_in_words(allowed)))
    return Drawing(SHAPES[drawn.geom_type], _checked(drawn, most_vertices))


def kinds_in_words(kinds: Iterable[str]) -> str:
    """The kinds as a person calls them, in their order: "a point, an area"."""
    words = {POINT: _("a point"), LINE: _("a line"), AREA: _("an area")}
    return ", ".join(words[each] for each in KINDS if each in kinds)


def lines_of(geometry: dict[str, Any] | None) -> str:
    """A geometry as a person may type it; the GeoJSON itself where lines cannot say it (holes, several parts)."""
    if not geometry:
        return ""
    rings = {"Point": lambda: [geometry["coordinates"]], "LineString": lambda: geometry["coordinates"]}
    if geometry["type"] == "Polygon" and len(geometry["coordinates"]) == 1:
        points = geometry["coordinates"][0][:-1]
    elif geometry["type"] in rings:
        points = rings[geometry["type"]]()
    else:
        return json.dumps(geometry)
    return "\n".join(f"{latitude:.6f}, {longitude:.6f}" for longitude, latitude, *_more in points)


def kind_of(geometry: dict[str, Any] | None) -> str:
    """point, line or area; "" for nothing."""
    return SHAPES.get(geometry["type"], "") if geometry else ""


def _of_lines(text: str, kind: str) -> BaseGeometry:
    typed = [line.strip() for line in text.splitlines() if line.strip()]
    places = [(number, read_point(line)) for number, line in enumerate(typed, 1)]
    if wrong := next((number for number, place in places if place is None), 0):
        words = _("Line {number} cannot be read. Write the latitude and the longitude, for example: 50.2649, 19.0238.")
        raise DrawingRefused(words.format(number=wrong))
    return _of_points([place for _number, place in places if place is not None], kind)


def _of_points(points: list[tuple[float, float]], kind: str) -> BaseGeometry:
    if kind == AREA:
        if len(set(points)) < 3:
            raise DrawingRefused(_("An area needs at least three places, one in each line."))
        return Polygon(points)
    if kind == LINE:
        if len(set(points)) < 2:
            raise DrawingRefused(_("A line needs at least two places, one in each line."))
        return LineString(points)
    if len(points) != 1:
        raise DrawingRefused(_("A point is one place: write one line."))
    return Point(points[0])


def _of_geojson(text: str) -> BaseGeometry:
    """The geometry of a GeoJSON geometry, feature, or list of one feature."""
    try:
        found = json.loads(text)
        if found.get("type") == "FeatureCollection":
            (found,) = found["features"]
        drawn = shapely.force_2d(shape(found["geometry"] if found.get("type") == "Feature" else found))
        drawn_bounds = drawn.bounds
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as problem:
        raise DrawingRefused(_("This is not a GeoJSON with one shape. Check the file, or write the places in lines.")) from problem
    if len(drawn_bounds) != 4 or not all(map(isfinite, drawn_bounds)):
        raise DrawingRefused(_("The drawing is empty. Show the place once more."))
    return drawn


def _checked(drawn: BaseGeometry, most_vertices: int) -> dict[str, Any]:
    if shapely.get_num_coordinates(drawn) > most_vertices:
        words = _("The drawing has more than {number} points. Draw it with fewer.")
        raise DrawingRefused(words.format(number=most_vertices))
    if not drawn.is_valid:
        raise DrawingRefused(_("The edge of the area crosses itself. Go around the area once, in one direction."))
    if not Polygon(city_border()).buffer(BEYOND).covers(drawn):
        raise DrawingRefused(_("A part of the drawing lies outside the city. Move it inside."))
    exact = shapely.set_precision(drawn, GRID)
    if exact.is_empty or exact.geom_type not in SHAPES:
        raise DrawingRefused(_("The drawing is too small to be seen. Draw it larger."))
    return json.loads(json.dumps(mapping(exact)))
