"""Messages on the drawn map of the city: one with its districts and point, and those of a list by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ratusz.foundation.territory.plan import CityPlan, city_plan
from ratusz.foundation.territory.queries import plan_districts
from ratusz.publishing.messages.whereabouts import point_in_words
from ratusz.publishing.website import message_parts as parts


@dataclass(frozen=True)
class MessageMap:
    """The drawing and the same in words."""

    plan: CityPlan
    words: str


def map_of(item: parts.ShownMessage) -> MessageMap | None:
    """Where one message is about; None for the whole city without a point, and for a withdrawn one."""
    version = item.version
    point = parts.point_of(version)
    if item.message.withdrawn_at or not (version.district_numbers or point):
        return None
    marks = [(*point, "")] if point else []
    return MessageMap(city_plan(plan_districts(), version.district_numbers, marks), _words(item))


def _words(item: parts.ShownMessage) -> str:
    version = item.version
    said = [_("Districts: %(names)s.") % {"names": ", ".join(item.content.districts)}] if item.content.districts else []
    if point := point_in_words(version.longitude, version.latitude):
        said.append(
            _("Point: %(place)s, latitude and longitude %(point)s.") % {"place": version.place or item.title, "point": point}
        )
    return " ".join(said)


@dataclass(frozen=True)
class Numbered:
    """One message with a point: its number in the list and on the map."""

    number: int
    item: parts.ShownMessage


@dataclass(frozen=True)
class MapOfList:
    """The list first, then the same numbers on the map."""

    listed: Sequence[Numbered]
    plan: CityPlan


def map_of_list(items: Sequence[parts.ShownMessage]) -> MapOfList | None:
    """Those of a list that have a point; None when there is none. One query, whatever their number."""
    listed = [Numbered(number, item) for number, item in enumerate((each for each in items if parts.point_of(each.version)), 1)]
    if not listed:
        return None
    # Drawn from the last, so that the first of the list lies on top.
    points = [(parts.point_of(each.item.version), str(each.number)) for each in reversed(listed)]
    return MapOfList(listed, city_plan(plan_districts(), (), [(*point, number) for point, number in points if point]))
