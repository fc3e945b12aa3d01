"""Whom we heard: shares of those who answered beside shares of those who live in the districts; who was under-heard."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ratusz.foundation.territory.models import RegisteredCount
from ratusz.participation.surveys.models import Answer, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.results.gate import Shown, hidden_in_sum
from ratusz.participation.surveys.results.reading import items_of
from ratusz.participation.surveys.results.tally import tally

UNDER_HEARD, LESS_HEARD = 0.5, 0.8
"""Below these ratios a part of the city is under-heard, or less heard (consultations.md section 8, proposals)."""


@dataclass(frozen=True)
class Heard:
    """A part of the city: how many of it answered (None: hidden), how many live there, and the ratio of both shares."""

    label: str
    answers: Shown
    people: int
    share: float | None
    of_people: float
    ratio: float | None

    @property
    def verdict(self) -> str:
        """ "under", "less" or "" by the ratio; "hidden" where the count is."""
        if self.ratio is None:
            return "hidden"
        return "under" if self.ratio < UNDER_HEARD else "less" if self.ratio < LESS_HEARD else ""


def compared(answers: Mapping[str, int], people: Mapping[str, int], least: int) -> list[Heard]:
    """Each part of `people` (its number of people) with its answers; parts without people are left out. Small counts are hidden."""
    labels = [label for label, count in people.items() if count]
    asked, living = sum(answers.get(label, 0) for label in labels), sum(people[label] for label in labels)
    shown = hidden_in_sum([answers.get(label, 0) for label in labels], least)
    return [_heard(label, count, asked, people[label], living) for label, count in zip(labels, shown, strict=True)]


def _heard(label: str, count: Shown, asked: int, people: int, living: int) -> Heard:
    share = count / asked if count is not None and asked else None
    of_people = people / living
    return Heard(label, count, people, share, of_people, None if share is None else share / of_people)


@dataclass(frozen=True)
class ByDistrict:
    """The comparison by district, and where the numbers of people come from."""

    rows: list[Heard]
    day: date
    source: str


def by_district(survey: Survey, among: Collection[int] | None = None) -> ByDistrict | None:
    """None where the survey asks for no district or nobody's number is known. `among`: numbers of the districts that were asked;
    others are not compared, and one alone has nothing to be compared with."""
    item = next((each for each in items_of(survey) if each["kind"] == c.DISTRICT), None)
    known = [each for each in registered() if among is None or each.district.number in among]
    if item is None or len(known) < (1 if among is None else 2):
        return None
    contents = Answer.objects.filter(survey=survey).order_by().values_list("content", flat=True).iterator(2000)
    counted = tally([item], contents)[item["code"]].counts
    answers = {row.district.name: counted["", str(row.district.number)] for row in known}
    rows = compared(answers, {row.district.name: row.people for row in known}, survey.smallest_cell)
    return ByDistrict(rows, max(row.day for row in known), known[0].source)


def registered() -> list[RegisteredCount]:
    """The newest count of every district."""
    rows = RegisteredCount.objects.select_related("district").order_by("district__number", "-day").distinct("district__number")
    return list(rows)
