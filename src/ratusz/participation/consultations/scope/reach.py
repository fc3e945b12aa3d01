"""What an area reaches, in plain geometry: how much of each district lies inside; pure.

Where the city has not imported a district's shape, its place stands for it: all that is nearer to it than to another district's
place, inside the city's border. Such an answer is called approximate wherever it is shown, and doubtful ones are not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from ratusz.foundation.territory.cells import cells_of
from ratusz.foundation.territory.models import District

WHOLE, TOUCHED = 0.97, 0.005
"""Shares of a district from which it counts as whole, and from which it counts as reached: borders are drawn by hand."""
ROUGHLY_WHOLE, ROUGHLY_TOUCHED = 0.5, 0.02
"""The same where the district's own shape is not known."""


@dataclass(frozen=True)
class Cover:
    """How much of a district lies inside: `share` from 0 to 1."""

    district: District
    share: float
    is_approximate: bool = False

    @property
    def is_whole(self) -> bool:
        return self.share >= (ROUGHLY_WHOLE if self.is_approximate else WHOLE)

    @property
    def is_touched(self) -> bool:
        return self.share >= (ROUGHLY_TOUCHED if self.is_approximate else TOUCHED)

    @property
    def is_inside(self) -> bool | None:
        """Whether somebody who lives in the district lives inside; None where only a part of it does."""
        return True if self.is_whole else None if self.is_touched else False


def covers(drawn: BaseGeometry, districts: Sequence[District]) -> list[Cover]:
    """Each district with its share, in their order; those whose place is not known at all are left out."""
    cells = cells_of(districts)
    return [
        Cover(each, _share(cells[each.number], drawn), each.shape is None) for each in districts if each.number in cells
    ]  # fmt: skip


def _share(cell: BaseGeometry, drawn: BaseGeometry) -> float:
    return cell.intersection(drawn).area / cell.area if cell.area and cell.intersects(drawn) else 0.0


def any_inside(drawn: BaseGeometry, places: Iterable[dict[str, Any]]) -> bool:
    """Whether any of the places (GeoJSON geometries) touches the area."""
    return any(drawn.intersects(shape(each)) for each in places)


def as_place(point: tuple[float, float]) -> dict[str, Any]:
    """A point (longitude, latitude) as a GeoJSON geometry."""
    return shapely.geometry.mapping(Point(*point))
