"""Which ground belongs to which district, also before the city has imported their shapes: then what is nearest to each place."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry import MultiPoint, Polygon, shape
from shapely.geometry.base import BaseGeometry

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.plan import city_border


def cells_of(districts: Sequence[District]) -> dict[int, BaseGeometry]:
    """Number of a district to its shape, or to what is nearest to its place where no shape is known.

    Without a shape the ground is what lies nearer to the district's place than to another's, inside the city's border; such
    an answer is called approximate wherever it is shown. A district without a shape and without a place is left out.
    """
    found = {each.number: shape(each.shape) for each in districts if each.shape}
    placed = [each for each in districts if each.point]
    if len(found) < len(districts) and len(placed) > 1:
        border = Polygon(city_border())
        left = border.difference(shapely.union_all(list(found.values())))
        cut = shapely.voronoi_polygons(MultiPoint([each.point for each in placed]), extend_to=border, ordered=True)
        for each, cell in zip(placed, cut.geoms, strict=True):
            found.setdefault(each.number, cell.intersection(left))
    return found
