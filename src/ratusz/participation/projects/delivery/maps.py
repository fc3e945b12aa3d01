"""Where the winners are: the city as tiles with how many are done, and points on a drawn map where points are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.plan import WIDTH, Frame, Spot, path_of, rings_of, scale_of, whole
from ratusz.foundation.territory.tiles import tile_places
from ratusz.participation.budget.places import DrawnMap
from ratusz.participation.projects.models import Delivery, DeliveryState
from ratusz.ui.parts import Tile

MOST_POINTS = 40
"""More numbers than these lie on one another: a district is chosen first."""


def tiles(found: Sequence[Delivery], here: str) -> list[Tile]:
    """Districts in Polish order, darker where more of their winners are done; a tile leads to the district's part of the list."""
    by_pool: dict[int, list[Delivery]] = defaultdict(list)
    for each in found:
        if each.project.pool.district is not None:
            by_pool[each.project.pool_id].append(each)
    places, made = tile_places(), []
    for rows in sorted(by_pool.values(), key=lambda rows: rows[0].project.pool.sort_key):
        pool = rows[0].project.pool
        number = pool.district.number if pool.district else 0
        done = sum(each.state == DeliveryState.DONE for each in rows)
        if number in places:
            place = places[number]
            words = _("%(done)s of %(all)s done") % {"done": done, "all": len(rows)}
            made.append(
                Tile(
                    number=number,
                    short_name=place.short_name,
                    name=pool.name,
                    url=f"{here}?pula={pool.code}",
                    column=place.column,
                    row=place.row,
                    value=words,
                    label=f"{done}/{len(rows)}",
                    level=-(-4 * done // len(rows)),
                )  # fmt: skip
            )
    return made


@dataclass(frozen=True)
class Point:
    """One building with a point: its number in the list beside the map and on it."""

    number: int
    delivery: Delivery
    is_done: bool


@dataclass(frozen=True)
class Points:
    """The list and the drawn map of the same numbers."""

    rows: list[Point]
    drawn: DrawnMap


def points(found: Sequence[Delivery]) -> Points | None:
    """The map of what the list shows; None without points or with too many of them."""
    known = [each for each in found if each.project.latitude is not None and each.project.longitude is not None]
    if not known or len(known) > MOST_POINTS:
        return None
    rows = [Point(number, each, each.state == DeliveryState.DONE) for number, each in enumerate(known, 1)]
    frame = Frame.around([(each.project.longitude or 0, each.project.latitude or 0) for each in known])
    path, distance = scale_of(frame)
    marks = [_mark(frame, row) for row in rows]
    outlines = [path_of(frame, ring) for district in District.objects.all() for ring in rings_of(district.shape)]
    return Points(rows, DrawnMap(str(WIDTH), whole(frame.height), outlines, [], marks, path, distance))


def _mark(frame: Frame, row: Point) -> Spot:
    x, y = frame.spot(row.delivery.project.longitude or 0, row.delivery.project.latitude or 0)
    return Spot(whole(x), whole(y), str(row.number), row.is_done)
