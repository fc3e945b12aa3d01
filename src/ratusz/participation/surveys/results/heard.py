"""Whom we heard: shares of those who answered beside shares of those who live in the city; who was under-heard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.participation.surveys import terms
from ratusz.participation.surveys.models import Answer, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.wording import value_words
from ratusz.participation.surveys.results.gate import Shown, hidden_in_sum
from ratusz.participation.surveys.results.reading import districts, items_of
from ratusz.participation.surveys.results.tables import hidden_codes
from ratusz.participation.surveys.results.tally import Tally
from ratusz.participation.surveys.results.traits import Trait, traits_of

AT_ONCE = 2000


@dataclass(frozen=True)
class Bounds:
    """Below these ratios a part of the city is under-heard, or less heard: settings of the pack (consultations.md section 8)."""

    under: float = 0.5
    less: float = 0.8

    @classmethod
    def at(cls, at: datetime) -> Bounds:
        """Those in force at that moment."""
        return cls(terms.term("under_heard_below", at), terms.term("less_heard_below", at))


@dataclass(frozen=True)
class Heard:
    """A part of the city: how many of it answered (None: hidden), how many live there, and the ratio of both shares."""

    label: str
    answers: Shown
    people: int
    share: float | None
    of_people: float
    ratio: float | None
    bounds: Bounds = Bounds()

    @property
    def verdict(self) -> str:
        """ "under", "less" or "" by the ratio; "hidden" where the count is."""
        if self.ratio is None:
            return "hidden"
        return "under" if self.ratio < self.bounds.under else "less" if self.ratio < self.bounds.less else ""


def compared(
    answers: Mapping[str, int], people: Mapping[str, int], least: int, bounds: Bounds | None = None,
    hidden: Collection[str] | None = None, asked: int | None = None,
) -> list[Heard]:  # fmt: skip
    """Each part of `people` (its number of people) with its answers; parts without people are left out. Small counts are hidden.

    `hidden`: those that are hidden elsewhere, and then these and no other are here; `asked`: of how many people the shares are.
    """
    labels = [label for label, count in people.items() if count]
    counts = [answers.get(label, 0) for label in labels]
    living = sum(people[label] for label in labels)
    shown = hidden_in_sum(counts, least) if hidden is None else _without(labels, counts, hidden)
    whole = sum(counts) if asked is None else asked
    return [
        _heard(label, count, whole, people[label], living, bounds or Bounds()) for label, count in zip(labels, shown, strict=True)
    ]  # fmt: skip


def _without(labels: Sequence[str], counts: Sequence[int], hidden: Collection[str]) -> list[Shown]:
    return [None if label in hidden else count for label, count in zip(labels, counts, strict=True)]


def _heard(label: str, count: Shown, asked: int, people: int, living: int, bounds: Bounds) -> Heard:
    share = count / asked if count is not None and asked else None
    of_people = people / living
    return Heard(label, count, people, share, of_people, None if share is None else share / of_people, bounds)


@dataclass(frozen=True)
class Comparison:
    """One trait compared: its parts, and how many answers told no part of it (None: too few to show)."""

    trait: Trait
    rows: list[Heard]
    left_out: Shown
    group: str = ""
    """Words of the one group that is compared where respondents are parted; firms live in no district."""

    @property
    def under_heard(self) -> list[str]:
        """Names of the parts that were under-heard."""
        return [row.label for row in self.rows if row.verdict == "under"]


def comparisons(survey: Survey, at: datetime, among: Collection[int] | None = None) -> list[Comparison]:
    """By district, age and sex, where the survey asks for them and the number of people is known; else none.

    `among`: numbers of the districts that were asked; others are not compared.
    """
    traits = traits_of(survey, at, among)
    if not traits:
        return []
    group, words = compared_group(survey)
    counted, everybody = {trait.name: Tally(trait.item) for trait in traits}, 0
    for content in contents_of(survey, group):
        everybody += 1
        for trait in traits:
            counted[trait.name].add(content.get(trait.item["code"]))
    return [_comparison(trait, counted[trait.name], everybody, survey, words, at) for trait in traits]


def _comparison(trait: Trait, asked: Tally, everybody: int, survey: Survey, group: str, at: datetime) -> Comparison:
    """Hides what the table of the question hides: the two stand beside each other, and one would tell what the other does not."""
    least = survey.smallest_cell
    counts = {code: count for (_row, code), count in asked.counts.items()}
    hidden = hidden_codes(asked, least, districts())
    inside = [count for code, count in counts.items() if trait.people.get(code) and code in hidden]
    beside = [count for code, count in counts.items() if not trait.people.get(code) and code in hidden]
    # Where one side of what is hidden is too small, its sum would follow from the base of the shares: they are of everybody then.
    told = sum(count for code, count in counts.items() if trait.people.get(code))
    told = told if _holds(inside, least) and _holds(beside, least) else asked.base
    rows = compared(counts, trait.people, least, Bounds.at(at), hidden, told)
    named = [_named(row, trait.labels[row.label]) for row in rows]
    left_out = everybody - told
    return Comparison(trait, named, None if 0 < left_out < least else left_out, group)


def _holds(hidden: Sequence[int], least: int) -> bool:
    return not any(hidden) or (sum(map(bool, hidden)) > 1 and sum(hidden) >= least)


def _named(row: Heard, label: str) -> Heard:
    return Heard(label, row.answers, row.people, row.share, row.of_people, row.ratio, row.bounds)


def compared_group(survey: Survey) -> tuple[str | None, str]:
    """Code and words of the group that is compared: the first one that the question offers; None where nothing parts them."""
    asked = next((item for item in items_of(survey) if item.get("measures") == "group"), None)
    codes: Sequence[str] = c.choice_codes(asked) if asked else []
    return (codes[0], value_words(asked, codes[0], "pl")) if asked and codes else (None, "")


def contents_of(survey: Survey, group: str | None) -> Iterator[dict[str, Any]]:
    """Answers of one group, or all."""
    found = Answer.objects.filter(survey=survey)
    found = found if group is None else found.filter(group=group)
    return found.order_by().values_list("content", flat=True).iterator(AT_ONCE)
