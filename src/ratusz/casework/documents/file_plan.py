"""The office's file plan (JRWA) as dated data: classes with their archival category, by which cases are signed and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ratusz.foundation.kit.packs import NotInForce, PackValue, packs_of

CATEGORY = re.compile(r"^(A|B\d{1,2}|BE\d{1,2}|Bc)$")
"""Kept for good, kept so many years, kept so many years and then appraised, of short use (the regulation's annex 1)."""


@dataclass(frozen=True)
class PlanClass:
    """One class on one day."""

    symbol: str
    title: str
    category: str
    entry: PackValue

    @property
    def years(self) -> int | None:
        """How many full calendar years after the case was closed; None is for good, 0 as long as it is of use."""
        if self.category == "A":
            return None
        return int("".join(filter(str.isdigit, self.category)) or 0)


def class_on(symbol: str, day: date) -> PlanClass:
    """The class in force that day; raises NotInForce."""
    return _plan_class(packs_of("ratusz.casework.documents")["jrwa"].at(day).entry(symbol))


def classes_on(day: date) -> list[PlanClass]:
    """All classes of the day by their symbols."""
    rules = packs_of("ratusz.casework.documents")["jrwa"].at(day)
    return [_plan_class(rules.entry(symbol)) for symbol in sorted(rules)]


def _plan_class(entry: PackValue) -> PlanClass:
    title, category = entry.value["title"], entry.value["category"]
    if not CATEGORY.match(category):
        raise NotInForce(f"{entry.name}: {category!r} is no archival category")
    return PlanClass(entry.name, title, category, entry)
