"""Remarks with a place as one view of a map: near ones stand in one mark with their number, lines and areas are drawn; pure.

A view is a window of the city's drawing: its middle and how near it is. Whatever their number, marks stand on a grid, so that a
page stays small and each can be pressed with a finger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry import LineString, Point, Polygon, shape

from ratusz.foundation.territory.plan import WIDTH, Frame

NEAREST = 7
"""How often a view can be doubled: from the whole city to some 200 m across."""
AROUND = 2
"""How often the view of one place is doubled: some 5 km across, so that names of districts are in it."""
CELL, EDGE = 60, 24
"""Units of the drawing of one mark's cell, 32 pixels on the narrowest screen, and how far from its edges the mark keeps."""
MOST_DRAWN = 120_000
"""Letters of paths of one view; what does not fit is told and drawn once one is nearer."""
Outlines = Sequence[tuple[str, Any]]
"""Names of districts with their outlines as geometries."""


@dataclass(frozen=True)
class Spot:
    """A remark with the point of its place: of a line or an area one inside it. `geometry` is None for a point."""

    number: int
    longitude: float
    latitude: float
    geometry: Any = None


@dataclass(frozen=True)
class View:
    """A window of the map: `steps` times nearer than the whole city, around a middle in degrees."""

    steps: int
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Mark:
    """One mark of the drawing: the numbers of the remarks in it, its place, and the district it lies in ("" for none)."""

    numbers: tuple[int, ...]
    x: float
    y: float
    longitude: float
    latitude: float
    district: str


@dataclass(frozen=True)
class Seen:
    """What a view shows: marks, paths of lines and areas as (number, path, is area), numbers inside it in order, and how many
    lines and areas are left out because there are too many.
    """

    marks: list[Mark]
    paths: list[tuple[int, str, bool]]
    numbers: list[int]
    left_out: int


def spots_of(rows: Iterable[tuple[int, Any]]) -> Iterator[Spot]:
    """(number, GeoJSON geometry in WGS 84) of remarks as spots, in their order."""
    for number, place in rows:
        if place["type"] == "Point":
            longitude, latitude, *_more = place["coordinates"]
            yield Spot(number, longitude, latitude)
        else:
            drawn = shape(place)
            middle = drawn.representative_point()
            yield Spot(number, middle.x, middle.y, drawn)


def frame_of(whole: Frame, view: View) -> Frame:
    """The frame of a view: as large on the page as that of the whole city, with its middle in the middle."""
    scale = whole.scale * 2**view.steps
    west = view.longitude - WIDTH / 2 / (whole.squeeze * scale)
    return replace(whole, scale=scale, west=west, north=view.latitude + whole.height / 2 / scale)


def middle_of(frame: Frame) -> tuple[float, float]:
    """Longitude and latitude of the middle of a frame."""
    return frame.west + WIDTH / 2 / (frame.squeeze * frame.scale), frame.north - frame.height / 2 / frame.scale


def around(whole: Frame, geometry: dict[str, Any]) -> Frame:
    """The frame in which one place is seen with the districts around it."""
    (spot,) = spots_of([(0, geometry)])
    return frame_of(whole, View(AROUND, spot.longitude, spot.latitude))


def within(whole: Frame, longitude: float, latitude: float) -> tuple[float, float]:
    """The nearest place that the map of the whole city holds."""
    east, south = whole.west + WIDTH / (whole.squeeze * whole.scale), whole.north - whole.height / whole.scale
    return min(max(longitude, whole.west), east), min(max(latitude, south), whole.north)


def moved(frame: Frame, view: View, east: float, north: float) -> View:
    """The view a share of its width and height further."""
    longitude = view.longitude + east * WIDTH / (frame.squeeze * frame.scale)
    return replace(view, longitude=longitude, latitude=view.latitude + north * frame.height / frame.scale)


def seen(frame: Frame, spots: Iterable[Spot], outlines: Outlines = ()) -> Seen:
    """What the frame shows of all remarks with a place."""
    cells: dict[tuple[int, int], list[tuple[Spot, float, float]]] = defaultdict(list)
    shapes: list[Spot] = []
    window = _window(frame)
    for spot in spots:
        x, y = frame.spot(spot.longitude, spot.latitude)
        if frame.holds(x, y):
            cells[int(x // CELL), int(y // CELL)].append((spot, x, y))
        if spot.geometry is not None and spot.geometry.intersects(window):
            shapes.append(spot)
    marks = [_mark(*cell, held, outlines) for cell, held in sorted(cells.items(), key=lambda each: (each[0][1], each[0][0]))]
    paths, left_out = _paths(frame, shapes, window)
    inside = sorted({number for mark in marks for number in mark.numbers} | {each.number for each in shapes})
    return Seen(marks, paths, inside, left_out)


def _window(frame: Frame) -> Polygon:
    east = frame.west + WIDTH / (frame.squeeze * frame.scale)
    return shapely.box(frame.west, frame.north - frame.height / frame.scale, east, frame.north)


def _mark(column: int, row: int, held: list[tuple[Spot, float, float]], outlines: Outlines) -> Mark:
    """The mark of one cell, near the middle of what is in it and never upon a neighbour."""
    size = len(held)
    longitude, latitude = sum(spot.longitude for spot, _x, _y in held) / size, sum(spot.latitude for spot, _x, _y in held) / size
    x = _kept(sum(x for _spot, x, _y in held) / size, column)
    y = _kept(sum(y for _spot, _x, y in held) / size, row)
    numbers, place = tuple(sorted(spot.number for spot, _x, _y in held)), Point(longitude, latitude)
    district = next((name for name, outline in outlines if outline.covers(place)), "")
    return Mark(numbers, x, y, longitude, latitude, district)


def _kept(middle: float, cell: int) -> float:
    return min(max(middle, cell * CELL + EDGE), (cell + 1) * CELL - EDGE)


def _paths(frame: Frame, shapes: list[Spot], window: Polygon) -> tuple[list[tuple[int, str, bool]], int]:
    """Lines and areas within the window as paths, the largest first so that small ones lie above; and how many found no room."""
    found, room, left_out = [], MOST_DRAWN, 0
    around = window.buffer(0.1 * (window.bounds[2] - window.bounds[0]))
    for spot in sorted(shapes, key=lambda each: (-each.geometry.area, each.number)):
        drawn = shapely.clip_by_rect(spot.geometry, *around.bounds).simplify(1 / frame.scale)
        path = " ".join(_path(frame, part) for part in getattr(drawn, "geoms", [drawn]) if not part.is_empty)
        if not path or len(path) > room:
            left_out += bool(path)
            continue
        room -= len(path)
        found.append((spot.number, path, spot.geometry.area > 0))
    return found, left_out


def _path(frame: Frame, part: Any) -> str:
    if isinstance(part, Polygon):
        return " ".join(_line(frame, ring.coords) + "Z" for ring in (part.exterior, *part.interiors))
    return _line(frame, part.coords) if isinstance(part, LineString) else ""


def _line(frame: Frame, coordinates: Iterable[Sequence[float]]) -> str:
    spots = (frame.spot(point[0], point[1]) for point in coordinates)
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in spots)
