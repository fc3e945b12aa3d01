"""Results weighted by age, sex and district beside the plain ones, with what was done; never for ballots or mixed groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ratusz.participation.surveys import queries, terms
from ratusz.participation.surveys.models import Sample, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import is_empty, is_not_applicable
from ratusz.participation.surveys.questions.wording import value_words
from ratusz.participation.surveys.results.heard import contents_of
from ratusz.participation.surveys.results.reading import items_of
from ratusz.participation.surveys.results.tables import hidden_codes
from ratusz.participation.surveys.results.tally import ONE_CHOICE, Tally
from ratusz.participation.surveys.results.traits import Trait, traits_of
from ratusz.participation.surveys.results.weights import Weighting, raked


@dataclass(frozen=True)
class Beside:
    """One question: each answer with its plain and its weighted share (0 to 1); None where it is hidden."""

    text: str
    base: int
    rows: list[tuple[str, float | None, float | None]]


@dataclass(frozen=True)
class Weighted:
    """All questions with one choice, the weighting that made their shares, and the traits that it follows."""

    weighting: Weighting
    questions: list[Beside]
    traits: list[str]
    heaviest: float


def by_population(survey: Survey, at: datetime, among: Collection[int] | None = None) -> Weighted | None:
    """None for ballots, where groups are parted, where nothing is asked that could be compared, or before anybody answered."""
    if survey.sample == Sample.CENSUS or set(queries.counts_by_group(survey)) != {""}:
        return None
    traits = traits_of(survey, at, among)
    if not traits:
        return None
    asked = [item for item in items_of(survey) if item["kind"] in ONE_CHOICE]
    people, chosen = _read(survey, traits, asked)
    lightest, heaviest = float(terms.term("lightest_weight", at)), float(terms.term("heaviest_weight", at))
    targets = {trait.name: {code: float(count) for code, count in trait.people.items()} for trait in traits}
    weighting = raked(people, targets, lightest=lightest, heaviest=heaviest)
    beside = [_beside(item, chosen[item["code"]], weighting.weights, survey.smallest_cell) for item in asked]
    return Weighted(weighting, beside, [trait.title for trait in traits], heaviest)


def _read(survey: Survey, traits: list[Trait], asked: list[c.Item]) -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """The classes of each answer, and code of a question to what each chose ("" for nothing)."""
    people: list[dict[str, str]] = []
    chosen: dict[str, list[str]] = defaultdict(list)
    for content in contents_of(survey, None):
        people.append({trait.name: trait.code_of(content) for trait in traits})
        for item in asked:
            value = content.get(item["code"])
            code = c.NOT_APPLICABLE if is_not_applicable(value) else value
            chosen[item["code"]].append("" if is_empty(code) else str(code))
    return people, chosen


def _beside(item: c.Item, chosen: list[str], weights: np.ndarray, least: int) -> Beside:
    having, codes = np.array(chosen), c.choice_codes(item)
    answered = having != ""
    base, weight = int(answered.sum()), float(weights[answered].sum())
    counts = Counter(chosen)
    hidden = hidden_codes(Tally(item, base, Counter({("", code): count for code, count in counts.items() if code})), least, {})
    shown = [None if code in hidden else counts[code] for code in codes]
    rows = [
        (
            value_words(item, code, "pl"),
            None if count is None or not base else count / base,
            None if count is None or not base else float(weights[having == code].sum()) / weight,
        )
        for code, count in zip(codes, shown, strict=True)
    ]
    return Beside(c.text_of(item["text"], "pl"), base, rows)
