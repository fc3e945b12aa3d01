"""How often a choice of two or three projects is to be expected from how popular each of them is: a fit to the other choices.

The model says no more than that each place of the pattern has its own popularity of projects and that nobody chooses one twice
(quasi-independence). It is fitted to how often each project really stands there, by iterative scaling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np

Given = tuple[tuple[str, int], ...]
"""Numbers of projects with points, sorted."""
PLACES = (2, 3)
"""How many projects a choice may have to be fitted here; longer ones would need too large a table."""
ROUNDS, NEAR = 60, 1e-3


class Popularity:
    """All choices of one pattern (2, 1), (1, 1, 1): how many of each, and what the fit lets expect."""

    def __init__(self, pattern: tuple[int, ...], counts: Mapping[Given, int]):
        self.pattern, self.counts = pattern, counts
        self.numbers = sorted({number for choice in counts for number, _points in choice})
        self.position = {number: place for place, number in enumerate(self.numbers)}
        self.allowed = _all_different(len(self.numbers), len(pattern))
        self.fitted = self._fit(self.allowed, None)

    def expected(self, choice: Given) -> float:
        """From all choices, this one too."""
        return float(sum(self.fitted[cell] for cell in self._cells(choice)))

    def expected_without(self, choice: Given) -> float:
        """From all the others: equal ballots make their own projects popular."""
        allowed, cells = self.allowed.copy(), list(self._cells(choice))
        for cell in cells:
            allowed[cell] = 0.0
        weights = self._weights(allowed, choice)
        product = _outer([weights[points] for points in self.pattern])
        return float(sum(product[cell] for cell in cells))

    def _cells(self, choice: Given) -> Iterator[tuple[int, ...]]:
        """The cells of the table that are this choice: places with equal points may be exchanged."""
        given = dict(choice)
        for order in permutations(given):
            if tuple(given[number] for number in order) == self.pattern:
                yield tuple(self.position[number] for number in order)

    def _fit(self, allowed: np.ndarray, without: Given | None) -> np.ndarray:
        weights = self._weights(allowed, without)
        return allowed * _outer([weights[points] for points in self.pattern])

    def _weights(self, allowed: np.ndarray, without: Given | None) -> dict[int, np.ndarray]:
        """For points: how popular each project is at a place with them, so that the sums are those seen."""
        seen = self._seen(without)
        weights = {points: sums / max(sums.sum(), 1.0) for points, sums in seen.items()}
        for _round in range(ROUNDS):
            off = 0.0
            for points, sums in seen.items():
                table = allowed * _outer([weights[each] for each in self.pattern])
                made = sum(_along(table, place) for place, each in enumerate(self.pattern) if each == points)
                with np.errstate(divide="ignore", invalid="ignore"):
                    step = np.where(sums > 0, sums / made, 0.0)
                off = max(off, float(np.abs(np.nan_to_num(step[sums > 0], posinf=1.0) - 1.0).max(initial=0.0)))
                weights[points] = weights[points] * np.nan_to_num(step, posinf=0.0) ** (1 / self.pattern.count(points))
            if off < NEAR:
                break
        return weights

    def _seen(self, without: Given | None) -> dict[int, np.ndarray]:
        seen = {points: np.zeros(len(self.numbers)) for points in self.pattern}
        for choice, count in self.counts.items():
            for number, points in choice if choice != without else ():
                seen[points][self.position[number]] += count
        return seen


def _all_different(size: int, places: int) -> np.ndarray:
    """1 where the places have different projects, else 0."""
    index = np.indices((size,) * places)
    allowed = np.ones((size,) * places)
    for first in range(places):
        for second in range(first):
            allowed *= index[first] != index[second]
    return allowed


def _outer(weights: Sequence[np.ndarray]) -> np.ndarray:
    product = weights[0]
    for each in weights[1:]:
        product = np.multiply.outer(product, each)
    return product


def _along(table: np.ndarray, place: int) -> np.ndarray:
    """The sums of one place."""
    return table.sum(axis=tuple(axis for axis in range(table.ndim) if axis != place))
