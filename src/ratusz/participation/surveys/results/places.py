"""Places marked on a map, counted by district: each person once in every district they marked; nobody sees single places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shapely import STRtree
from shapely.errors import ShapelyError
from shapely.geometry import shape

from ratusz.foundation.territory.cells import cells_of
from ratusz.foundation.territory.models import District
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import is_not_applicable

OUTSIDE, IN_WORDS, ON_MAP = "outside", "in_words", "on_map"
"""Codes beside the numbers of districts: in none of them, only described, and marked where nobody knows where districts lie."""


class DistrictFinder:
    """Which districts a geometry touches. Read once; where it is not known where districts lie, a place is only marked.

    `is_approximate`: the shapes of some are not imported, so that what is nearest to their places stands for them.
    """

    def __init__(self, districts: Iterable[District]):
        known = list(districts)
        drawn = cells_of(known)
        self.codes = [str(number) for number in drawn]
        self.tree = STRtree(list(drawn.values()))
        self.is_approximate = any(each.number in drawn and not each.shape for each in known)

    def codes_of(self, value: Any) -> list[str]:
        """Codes of one answer to a map question, each once."""
        features = value.get("features", ()) if isinstance(value, dict) else ()
        if features and not self.codes:
            return [ON_MAP]
        found = {code for feature in features for code in self._touched(feature)}
        if found:
            return sorted(found)
        return [IN_WORDS] if isinstance(value, dict) and value.get("place") else []

    def _touched(self, feature: Any) -> list[str]:
        try:
            places = self.tree.query(shape(feature), predicate="intersects")
        except (ShapelyError, ValueError, TypeError, KeyError, AttributeError):
            return [OUTSIDE]
        return [self.codes[place] for place in places] or [OUTSIDE]


def finder_for(items: Iterable[c.Item]) -> DistrictFinder | None:
    """What finds the districts of marked places; None where no map is asked."""
    if all(item["kind"] != c.MAP for item in items):
        return None
    return DistrictFinder(District.objects.order_by("number"))


def coded(
    items: Iterable[c.Item], answers: Iterable[Mapping[str, Any]], finder: DistrictFinder | None
) -> Iterator[Mapping[str, Any]]:
    """The answers with those to map questions as codes of districts; as they are where no map is asked."""
    if finder is None:
        yield from answers
        return
    asked = [item["code"] for item in items if item["kind"] == c.MAP]
    for answer in answers:
        marked = {code: finder.codes_of(answer[code]) for code in asked if _is_marked(answer.get(code))}
        yield {**answer, **marked} if marked else answer


def _is_marked(value: Any) -> bool:
    return isinstance(value, dict) and not is_not_applicable(value)
