"""Weights that make the shares of a sample those of the population (raking), trimmed, with the number they leave of the sample.

For surveys of opinion only, always beside the plain results, never for ballots (consultations.md section 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

MOST_ROUNDS, CLOSE, NEXT_TO_NOTHING = 200, 1e-9, 1e-12
LIGHTEST, HEAVIEST = 0.2, 5.0
"""Of the mean weight of 1: nobody counts for more than five people or less than a fifth (a proposal)."""


@dataclass(frozen=True)
class Weighting:
    """A weight for each respondent with the mean 1; `converged`: every target is met; `trimmed`: how many were cut."""

    weights: np.ndarray
    converged: bool
    rounds: int
    trimmed: int
    furthest: float
    """The greatest distance of a weighted share from its target (0 to 1)."""

    @property
    def effective(self) -> float:
        """The size of an unweighted sample that tells as much: (Σw)²/Σw² of Kish."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum())


def raked(
    people: Sequence[Mapping[str, str]],
    targets: Mapping[str, Mapping[str, float]],
    *,
    lightest: float = LIGHTEST,
    heaviest: float = HEAVIEST,
) -> Weighting:
    """Weights of `people` (each: trait to class) so that every trait's classes have their `targets` (numbers or shares of people).

    Somebody whose class is not known keeps their part of that trait. A class nobody is in cannot be met and its target is shared
    among the others. ValueError for no people.
    """
    if not people:
        raise ValueError("nobody to weight")
    margins = [_shares(_members(people, trait, classes)) for trait, classes in targets.items()]
    weights, rounds = np.ones(len(people)), 0
    while rounds < MOST_ROUNDS and _furthest(weights, margins) > CLOSE:
        for margin in margins:
            _fit(weights, margin)
        np.maximum(weights, NEXT_TO_NOTHING, out=weights)
        rounds += 1
    trimmed = int(((weights < lightest) | (weights > heaviest)).sum())
    cut = _trimmed(weights, lightest, heaviest)
    furthest = _furthest(cut, margins)
    return Weighting(cut, furthest <= 1e-6, rounds, trimmed, furthest)


Margin = list[tuple[np.ndarray, float]]
"""Places of the members of a class, and the share that they shall have of those whose class is known."""


def _members(people: Sequence[Mapping[str, str]], trait: str, classes: Mapping[str, float]) -> list[tuple[np.ndarray, float]]:
    having = np.array([person.get(trait, "") for person in people])
    found = [(np.flatnonzero(having == name), float(number)) for name, number in classes.items()]
    return [(rows, number) for rows, number in found if len(rows) and number > 0]


def _shares(members: list[tuple[np.ndarray, float]]) -> Margin:
    whole = sum(number for _rows, number in members)
    return [(rows, number / whole) for rows, number in members]


def _fit(weights: np.ndarray, margin: Margin) -> None:
    known = sum(weights[rows].sum() for rows, _share in margin)
    for rows, share in margin:
        weights[rows] *= share * known / weights[rows].sum()


def _trimmed(weights: np.ndarray, lightest: float, heaviest: float) -> np.ndarray:
    """Between the bounds and with the mean 1: what is cut off one goes to the others, and these are looked at again."""
    for _round in range(MOST_ROUNDS):
        weights = weights * len(weights) / weights.sum()
        if weights.max() <= heaviest * (1 + CLOSE) and weights.min() >= lightest * (1 - CLOSE):
            break
        weights = np.clip(weights, lightest, heaviest)
    return weights * len(weights) / weights.sum()


def _furthest(weights: np.ndarray, margins: Sequence[Margin]) -> float:
    distances = [0.0]
    for margin in margins:
        known = sum(weights[rows].sum() for rows, _share in margin)
        distances += [abs(weights[rows].sum() / known - share) for rows, share in margin]
    return float(max(distances))
