"""Results weighted by district beside the plain ones, with what was done to get them; never for ballots, never for mixed groups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ratusz.participation.surveys import queries
from ratusz.participation.surveys.models import Answer, Sample, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import is_empty, is_not_applicable
from ratusz.participation.surveys.questions.wording import value_words
from ratusz.participation.surveys.results.gate import hidden_in_sum
from ratusz.participation.surveys.results.heard import registered
from ratusz.participation.surveys.results.reading import items_of
from ratusz.participation.surveys.results.tally import ONE_CHOICE
from ratusz.participation.surveys.results.weights import Weighting, raked


@dataclass(frozen=True)
class Beside:
    """One question: each answer with its plain and its weighted share (0 to 1); None where it is hidden."""

    text: str
    base: int
    rows: list[tuple[str, float | None, float | None]]


@dataclass(frozen=True)
class Weighted:
    """All questions with one choice, and the weighting that made their shares."""

    weighting: Weighting
    questions: list[Beside]


def by_district(survey: Survey) -> Weighted | None:
    """None for ballots, where groups are parted, where no district is asked for, or nobody's number is known."""
    items = items_of(survey)
    district = next((each for each in items if each["kind"] == c.DISTRICT), None)
    people = {str(row.district.number): float(row.people) for row in registered()}
    if survey.sample == Sample.CENSUS or district is None or not people or set(queries.counts_by_group(survey)) != {""}:
        return None
    asked = [item for item in items if item["kind"] in ONE_CHOICE]
    traits, chosen = _read(survey, district["code"], asked)
    weighting = raked(traits, {"district": people})
    return Weighted(weighting, [_beside(item, chosen[item["code"]], weighting.weights, survey.smallest_cell) for item in asked])


def _read(survey: Survey, district: str, asked: list[c.Item]) -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """The district of each answer, and code of a question to what each chose ("" for nothing)."""
    traits: list[dict[str, str]] = []
    chosen: dict[str, list[str]] = defaultdict(list)
    for content in Answer.objects.filter(survey=survey).order_by().values_list("content", flat=True).iterator(2000):
        traits.append({"district": str(content.get(district, ""))})
        for item in asked:
            value = content.get(item["code"])
            code = c.NOT_APPLICABLE if is_not_applicable(value) else value
            chosen[item["code"]].append("" if is_empty(code) else str(code))
    return traits, chosen


def _beside(item: c.Item, chosen: list[str], weights: np.ndarray, least: int) -> Beside:
    having, codes = np.array(chosen), c.choice_codes(item)
    answered = having != ""
    base, weight = int(answered.sum()), float(weights[answered].sum())
    shown = hidden_in_sum([int((having == code).sum()) for code in codes], least)
    rows = [
        (
            value_words(item, code, "pl"),
            None if count is None or not base else count / base,
            None if count is None or not base else float(weights[having == code].sum()) / weight,
        )
        for code, count in zip(codes, shown, strict=True)
    ]
    return Beside(c.text_of(item["text"], "pl"), base, rows)
