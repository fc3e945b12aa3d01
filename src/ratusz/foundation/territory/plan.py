"""The city drawn: its districts or, before their shapes are imported, its border; points on one scale, north up and east right.

Plain numbers in, plain texts out: pages and documents only place them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.tiles import tile_places

PACKS = Path(__file__).parent / "packs"
WIDTH = 720
"""Units of the drawing; it takes the width of the page."""
LEAST_SPAN = 0.012
"""Degrees of latitude, about 1.3 km: one place alone is not drawn as if under a microscope."""
MARGIN = 0.12
CITY_MARGIN = 0.04
METRES_OF_A_DEGREE = 111_320
"""Of latitude."""
DISTANCES = (100, 200, 500, 1_000, 2_000, 5_000)
TOLERANCE = 0.0004
"""Degrees, about 40 m: what a drawing of the whole city does not show."""
LETTER = 15
"""Units that a letter of a name takes across."""
CLOSE = (170, 34)
"""Units across and down within which a name and a mark would lie on one another."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """From degrees to units of the drawing: east is to the right, north is up, both on one scale."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    @classmethod
    def around(cls, points: Sequence[Point], margin: float = MARGIN) -> Frame:
        """The frame that holds all points (longitude, latitude) with a margin."""
        longitudes, latitudes = zip(*points, strict=True)
        squeeze = cos(radians(sum(latitudes) / len(latitudes)))
        wide = max((max(longitudes) - min(longitudes)) * squeeze, LEAST_SPAN)
        high = max(max(latitudes) - min(latitudes), LEAST_SPAN / 2)
        space = margin * max(wide, high)
        middle = ((max(longitudes) + min(longitudes)) / 2, (max(latitudes) + min(latitudes)) / 2)
        scale = WIDTH / (wide + 2 * space)
        west = middle[0] - (wide / 2 + space) / squeeze
        return cls(west, middle[1] + high / 2 + space, scale, squeeze, (high + 2 * space) * scale)

    def spot(self, longitude: float, latitude: float) -> Point:
        return (longitude - self.west) * self.squeeze * self.scale, (self.north - latitude) * self.scale

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= WIDTH and 0 <= y <= self.height


@dataclass(frozen=True)
class Spot:
    """A point of the drawing with its text; whole units as texts, which no language writes in another way."""

    x: str
    y: str
    text: str
    is_marked: bool = False
    anchor: str = "middle"


@dataclass(frozen=True)
class Outline:
    """One district's shape as the path of a drawing."""

    path: str
    is_marked: bool


@dataclass(frozen=True)
class CityPlan:
    """What the template draws."""

    width: str
    height: str
    outlines: list[Outline]
    dots: list[Spot]
    """Where districts lie, as long as their shapes are not known."""
    names: list[Spot]
    marks: list[Spot]
    scale_path: str
    scale_text: Spot

    @property
    def is_rough(self) -> bool:
        return bool(self.dots)


def city_plan(
    districts: Iterable[District], marked: Collection[int] = (), marks: Iterable[tuple[float, float, str]] = ()
) -> CityPlan:
    """The whole city with some districts marked by number, and marks as (longitude, latitude, text)."""
    known, marks = list(districts), list(marks)
    rings = {district.number: rings_of(district.outline) for district in known}
    border = [] if any(rings.values()) else [city_border()]
    drawn = border or [ring for each in rings.values() for ring in each]
    frame = Frame.around([*((x, y) for ring in drawn for x, y, *_ in ring), *(mark[:2] for mark in marks)], CITY_MARGIN)
    outlines = [Outline(path_of(frame, ring), False) for ring in border]
    for is_marked in (False, True):
        # Marked ones come last, so that their edges lie above their neighbours'.
        chosen = [number for number in rings if (number in marked) is is_marked]
        outlines += [Outline(" ".join(path_of(frame, ring) for ring in rings[each]), is_marked) for each in chosen if rings[each]]
    spots = [spot_of(frame, mark) for mark in marks]
    names = [_name(frame, each, spots) for each in known if each.number in marked and each.point]
    dots = [_dot(frame, each, each.number in marked) for each in known if border and each.point]
    path, distance = scale_of(frame)
    return CityPlan(
        width=str(WIDTH), height=whole(frame.height), outlines=outlines, marks=spots, scale_path=path, scale_text=distance,
        names=names, dots=[dot for dot in dots if dot.is_marked or not any(_lies_under(dot, name) for name in names)],
    )  # fmt: skip


def spot_of(frame: Frame, mark: tuple[float, float, str]) -> Spot:
    x, y = frame.spot(mark[0], mark[1])
    return Spot(whole(x), whole(y), mark[2])


def _dot(frame: Frame, district: District, is_marked: bool) -> Spot:
    assert district.point is not None
    x, y = frame.spot(*district.point)
    return Spot(whole(x), whole(y), "", is_marked)


def _lies_under(dot: Spot, name: Spot) -> bool:
    """Whether a dot would look like an accent of a letter of the name."""
    width = LETTER * len(name.text)
    left = int(name.x) - {"start": 0, "middle": width / 2, "end": width}[name.anchor]
    return left - 8 < int(dot.x) < left + width + 8 and int(name.y) - 34 < int(dot.y) < int(name.y) + 14


def _name(frame: Frame, district: District, marks: Sequence[Spot]) -> Spot:
    """A short name at the district's point; above it when a mark lies there, and inside the drawing at its edges."""
    assert district.point is not None
    x, y = frame.spot(*district.point)
    y += 34
    for mark in marks:
        if abs(int(mark.x) - x) < CLOSE[0] and abs(int(mark.y) - y) < CLOSE[1]:
            y = int(mark.y) + CLOSE[1] + 10
    place = tile_places().get(district.number)
    anchor = "start" if x < WIDTH / 4 else "end" if x > WIDTH * 3 / 4 else "middle"
    return Spot(whole(x), whole(y), place.short_name if place else district.name, anchor=anchor)


def whole(number: float) -> str:
    return f"{number:.0f}"


def scale_of(frame: Frame) -> tuple[str, Spot]:
    """A bar of a round distance, at most a quarter of the width, and what it stands for."""
    units = frame.scale / METRES_OF_A_DEGREE
    metres = max((length for length in DISTANCES if length * units <= WIDTH / 4), default=DISTANCES[0])
    text = f"{metres // 1000}\u00a0km" if metres >= 1000 else f"{metres}\u00a0m"
    y, end = frame.height - 16, 16 + metres * units
    return f"M16 {y - 6:.0f}V{y:.0f}H{end:.0f}V{y - 6:.0f}", Spot(whole(end + 8), whole(y), text)


def rings_of(geometry: dict[str, Any] | None) -> list[list[list[float]]]:
    """The rings of an outline, where the city has imported it."""
    if not geometry:
        return []
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def path_of(frame: Frame, ring: Iterable[Sequence[float]]) -> str:
    spots = (frame.spot(point[0], point[1]) for point in ring)
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in spots) + "Z"


def outlines_of(shapes: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Shapes made light enough to draw; neighbours keep a common edge."""
    if not shapes:
        return {}
    simple = shapely.coverage_simplify([shape(geometry) for geometry in shapes.values()], TOLERANCE)
    return {number: mapping(shapely.set_precision(each, 0.00001)) for number, each in zip(shapes, simple, strict=True)}


@cache
def city_border(pack: str = "katowice_border") -> list[list[float]]:
    """The ring of the city's border, from the file of the city."""
    return tomllib.loads((PACKS / f"{pack}.toml").read_text(encoding="utf-8"))["border"]
