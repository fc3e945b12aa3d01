"""The places of a pool's projects: a list first, then the same numbers on a drawn map between the city's districts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from ratusz.foundation.territory.models import District
from ratusz.participation.budget import wording
from ratusz.participation.budget.queries import ListedEnd

WIDTH = 720
"""Units of the drawing; it takes the width of the page."""
LEAST_SPAN = 0.012
"""Degrees of latitude, about 1.3 km: one place alone is not drawn as if under a microscope."""
MARGIN = 0.12
METRES_OF_A_DEGREE = 111_320
"""Of latitude."""
DISTANCES = (100, 200, 500, 1_000, 2_000, 5_000)


@dataclass(frozen=True)
class Place:
    """One project with a point: its number in the list and on the map."""

    number: int
    end: ListedEnd
    verdict: str


def places_of(ends: Iterable[ListedEnd]) -> list[Place]:
    """Projects with a point, those that got the money first, in the order of counting."""
    with_point = [end for end in ends if end.latitude is not None and end.longitude is not None]
    ordered = sorted(with_point, key=lambda end: not end.is_funded)
    return [Place(number, end, wording.verdict(end)) for number, end in enumerate(ordered, 1)]


@dataclass(frozen=True)
class Frame:
    """From degrees to units of the drawing: east is to the right, north is up, both on one scale."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> Frame:
        """The frame that holds all points (longitude, latitude) with a margin."""
        longitudes, latitudes = zip(*points, strict=True)
        squeeze = cos(radians(sum(latitudes) / len(latitudes)))
        wide = max((max(longitudes) - min(longitudes)) * squeeze, LEAST_SPAN)
        high = max(max(latitudes) - min(latitudes), LEAST_SPAN / 2)
        margin = MARGIN * max(wide, high)
        middle = ((max(longitudes) + min(longitudes)) / 2, (max(latitudes) + min(latitudes)) / 2)
        scale = WIDTH / (wide + 2 * margin)
        west = middle[0] - (wide / 2 + margin) / squeeze
        return cls(west, middle[1] + high / 2 + margin, scale, squeeze, (high + 2 * margin) * scale)

    def spot(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.squeeze * self.scale, (self.north - latitude) * self.scale

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= WIDTH and 0 <= y <= self.height


@dataclass(frozen=True)
class Spot:
    """A point of the drawing with its text; whole units as texts, which no language writes in another way."""

    x: str
    y: str
    text: str
    is_funded: bool = False


@dataclass(frozen=True)
class DrawnMap:
    """What the template draws. The scale is a bar that stands for a round distance."""

    width: str
    height: str
    outlines: list[str]
    names: list[Spot]
    marks: list[Spot]
    scale_path: str
    scale_text: Spot


def drawn_map(places: Sequence[Place], districts: Iterable[District]) -> DrawnMap | None:
    """The map between the outlines and names of the districts; None without places."""
    if not places:
        return None
    frame = Frame.around([(place.end.longitude or 0, place.end.latitude or 0) for place in places])
    known = list(districts)
    path, distance = _scale(frame)
    return DrawnMap(
        width=str(WIDTH),
        height=_whole(frame.height),
        outlines=[_path(frame, ring) for district in known for ring in _rings(district.shape)],
        names=[name for district in known if (name := _name(frame, district))],
        # Projects that got the money are drawn last, so that they lie above the others.
        marks=[_mark(frame, place) for place in reversed(places)],
        scale_path=path,
        scale_text=distance,
    )


def _whole(number: float) -> str:
    return f"{number:.0f}"


def _scale(frame: Frame) -> tuple[str, Spot]:
    """A bar of a round distance, at most a quarter of the width, and what it stands for."""
    units = frame.scale / METRES_OF_A_DEGREE
    metres = max((length for length in DISTANCES if length * units <= WIDTH / 4), default=DISTANCES[0])
    text = f"{metres // 1000}\u00a0km" if metres >= 1000 else f"{metres}\u00a0m"
    y, end = frame.height - 16, 16 + metres * units
    return f"M16 {y - 6:.0f}V{y:.0f}H{end:.0f}V{y - 6:.0f}", Spot(_whole(end + 8), _whole(y), text)


def _name(frame: Frame, district: District) -> Spot | None:
    """A district's name at its point, where that is on the map."""
    if district.longitude is None or district.latitude is None:
        return None
    x, y = frame.spot(district.longitude, district.latitude)
    return Spot(_whole(x), _whole(y), district.name) if frame.holds(x, y) else None


def _rings(shape: dict | None) -> list[list[list[float]]]:
    """The rings of a district's outline, where the city has imported it."""
    if not shape:
        return []
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _path(frame: Frame, ring: Sequence[Sequence[float]]) -> str:
    spots = (frame.spot(point[0], point[1]) for point in ring)
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in spots) + "Z"


def _mark(frame: Frame, place: Place) -> Spot:
    x, y = frame.spot(place.end.longitude or 0, place.end.latitude or 0)
    return Spot(_whole(x), _whole(y), str(place.number), place.end.is_funded)
