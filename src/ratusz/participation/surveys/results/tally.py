"""Answers counted question by question while they stream past; only counts are kept, never an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import is_empty, is_not_applicable

ONE_CHOICE = (c.SINGLE, c.YES_NO, c.SCALE)


@dataclass
class Tally:
    """One question: `base` people answered; `counts` maps (row, code) to people, the row is "" where there are none."""

    item: c.Item
    base: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    numbers: Counter[float] = field(default_factory=Counter)

    def add(self, value: Any) -> None:
        """One answer to the question; an empty one is none."""
        if is_empty(value):
            return
        self.base += 1
        if is_not_applicable(value):
            self.counts["", c.NOT_APPLICABLE] += 1
        else:
            COUNTERS.get(self.item["kind"], _nothing)(self, value)


def _choice(tally: Tally, value: Any) -> None:
    tally.counts["", str(value)] += 1
    if tally.item["kind"] == c.SCALE and isinstance(value, int):
        tally.numbers[value] += 1


def _choices(tally: Tally, value: Any) -> None:
    tally.counts.update(("", code) for code in set(value))


def _rows(tally: Tally, value: Any) -> None:
    tally.counts.update(value.items())


def _ranking(tally: Tally, value: Any) -> None:
    tally.counts.update((code, str(place)) for place, code in enumerate(value, 1))


def _number(tally: Tally, value: Any) -> None:
    tally.numbers[value] += 1


def _places(tally: Tally, value: Any) -> None:
    """Codes of districts, see `results.places`; a place that nobody put into a district is only counted as given."""
    if isinstance(value, list):
        tally.counts.update(("", code) for code in set(value))


def _nothing(tally: Tally, value: Any) -> None:
    """Words, files and days are only counted as given."""


COUNTERS = {
    c.SINGLE: _choice, c.YES_NO: _choice, c.SCALE: _choice, c.MULTIPLE: _choices, c.MATRIX: _rows, c.SECTORS: _rows,
    c.RANKING: _ranking, c.NUMBER: _number, c.DISTRICT: _choice, c.MAP: _places,
}  # fmt: skip


def tally(items: Iterable[c.Item], answers: Iterable[Mapping[str, Any]]) -> dict[str, Tally]:
    """Code of each question to its counts over those answers (each: code of a question to its value)."""
    found = {item["code"]: Tally(item) for item in items}
    for answer in answers:
        for code, value in answer.items():
            if code in found:
                found[code].add(value)
    return found


def cross(first: str, second: str, answers: Iterable[Mapping[str, Any]]) -> Counter[tuple[str, str]]:
    """(choice in the first question, in the second) to people who answered both; both have one choice each."""
    found: Counter[tuple[str, str]] = Counter()
    for answer in answers:
        one, other = answer.get(first), answer.get(second)
        if not isinstance(one, dict) and not isinstance(other, dict) and not is_empty(one) and not is_empty(other):
            found[str(one), str(other)] += 1
    return found


def quantile(numbers: Counter[float], share: float) -> float:
    """The smallest number that at least `share` (0 to 1) of the people do not exceed. ValueError for none."""
    if not numbers:
        raise ValueError("nobody gave a number")
    wanted, seen = share * sum(numbers.values()), 0
    for number in sorted(numbers):
        seen += numbers[number]
        if seen >= wanted:
            break
    return number


def merged_items(contents: Iterable[c.Content]) -> list[c.Item]:
    """Questions of all versions, from the newest to the oldest: the newest wording, and every choice and row that ever stood."""
    found: dict[str, c.Item] = {}
    for content in contents:
        for item in c.questions_of(content):
            known = found.setdefault(item["code"], dict(item))
            for name in ("choices", "rows"):
                codes = {each["code"] for each in known.get(name, ())}
                added = [each for each in item.get(name, ()) if each["code"] not in codes]
                if added:
                    known[name] = [*known.get(name, ()), *added]
    return list(found.values())
