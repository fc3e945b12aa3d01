"""The tree of units and the buildings they work in, read once: who is below whom, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet.models import Building


@dataclass(frozen=True)
class Tree:
    """`parents` by unit's number; `places`: the buildings named for a unit itself."""

    parents: dict[int, int | None]
    places: dict[int, set[int]] = field(default_factory=dict)

    def line(self, unit: int) -> list[int]:
        """The unit, what it is part of, and so on up."""
        found: list[int] = []
        step: int | None = unit
        while step is not None and step not in found:
            found.append(step)
            step = self.parents.get(step)
        return found

    def below(self, *units: int) -> set[int]:
        """These units and all below them."""
        wanted = set(units)
        return {unit for unit in self.parents if wanted & set(self.line(unit))}

    def buildings_of(self, unit: int) -> set[int]:
        """Where the unit works: its own buildings, or those of the nearest unit above that has some."""
        return next((self.places[each] for each in self.line(unit) if self.places.get(each)), set())

    def inside(self, *buildings: int) -> set[int]:
        """The units that work in these buildings."""
        wanted = set(buildings)
        return {unit for unit in self.parents if wanted & self.buildings_of(unit)}


def read_tree() -> Tree:
    """The whole Office in two queries."""
    places: dict[int, set[int]] = {}
    for unit, building in Building.units.through.objects.values_list("unit_id", "building_id"):
        places.setdefault(unit, set()).add(building)
    return Tree(dict(Unit.objects.values_list("pk", "parent_id")), places)
