"""The places of a pool's projects: a list first, then the same numbers on a drawn map between the city's districts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.plan import WIDTH, Frame, Spot, path_of, rings_of, scale_of, whole
from ratusz.participation.budget import wording
from ratusz.participation.budget.queries import ListedEnd


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
    path, distance = scale_of(frame)
    return DrawnMap(
        width=str(WIDTH),
        height=whole(frame.height),
        outlines=[path_of(frame, ring) for district in known for ring in rings_of(district.shape)],
        names=[name for district in known if (name := _name(frame, district))],
        # Projects that got the money are drawn last, so that they lie above the others.
        marks=[_mark(frame, place) for place in reversed(places)],
        scale_path=path,
        scale_text=distance,
    )


def city_map(ends: Iterable[ListedEnd], districts: Iterable[District]) -> DrawnMap | None:
    """Every project of an edition with a point, as a dot without a number: funded full, not funded empty; None without points."""
    drawn = drawn_map(places_of(ends), districts)
    return replace(drawn, names=[]) if drawn else None


def _name(frame: Frame, district: District) -> Spot | None:
    """A district's name at its point, where that is on the map."""
    if district.longitude is None or district.latitude is None:
        return None
    x, y = frame.spot(district.longitude, district.latitude)
    return Spot(whole(x), whole(y), district.name) if frame.holds(x, y) else None


def _mark(frame: Frame, place: Place) -> Spot:
    x, y = frame.spot(place.end.longitude or 0, place.end.latitude or 0)
    return Spot(whole(x), whole(y), str(place.number), place.end.is_funded)
