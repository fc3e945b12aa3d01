"""Ballots of one contest as three flat arrays: where each ballot starts, the projects it names, the points it gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

CHUNK = 1 << 16
"""Entries handled at a time where NumPy would otherwise copy a whole array into a wider type."""


@dataclass(frozen=True, eq=False)
class Ballots:
    """Ballot i names the projects `choices[starts[i]:starts[i + 1]]` (positions
    in the contest's list of projects, in the voter's order).

    `starts` has one more entry than there are ballots and begins with 0. `points` runs parallel to `choices`; None means
    that every named project gets one point (approval, choose-1, knapsack) or, on a ranked ballot, the rules' score vector.
    """

    starts: np.ndarray
    choices: np.ndarray
    points: np.ndarray | None = None

    def __post_init__(self):
        if self.starts.ndim != 1 or not len(self.starts) or self.starts[0] != 0 or self.starts[-1] != len(self.choices):
            raise ValueError("starts must begin with 0 and end with the number of choices")
        if self.points is not None and len(self.points) != len(self.choices):
            raise ValueError("points must run parallel to choices")

    @classmethod
    def of(cls, numbers: Sequence[str], choices: Iterable[Sequence[str]], points: Iterable[Sequence[int]] | None = None) -> Ballots:
        """From lists of project numbers per ballot, and lists of points in the same order. KeyError names an unknown project."""
        position = {number: index for index, number in enumerate(numbers)}
        flat: list[int] = []
        starts = [0]
        for chosen in choices:
            flat.extend(position[number] for number in chosen)
            starts.append(len(flat))
        given = None if points is None else np.array([point for part in points for point in part], dtype=np.int32)
        return cls(np.array(starts, dtype=np.int32), np.array(flat, dtype=np.int32), given)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def nbytes(self) -> int:
        """Bytes of the ballots' own arrays."""
        return self.starts.nbytes + self.choices.nbytes + (0 if self.points is None else self.points.nbytes)

    def lengths(self) -> np.ndarray:
        """How many projects each ballot names."""
        return np.diff(self.starts)

    def owners(self) -> np.ndarray:
        """The ballot each entry of `choices` belongs to."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths())

    def only(self, keep: np.ndarray) -> Ballots:
        """The ballots where `keep` (one boolean a ballot) is true, in their order."""
        entries = np.repeat(keep, self.lengths())
        starts = np.concatenate([[0], np.cumsum(self.lengths()[keep])]).astype(self.starts.dtype)
        return Ballots(starts, self.choices[entries], None if self.points is None else self.points[entries])

    def scored(self, scores: Sequence[int]) -> Ballots:
        """Ranked ballots with the points of a score vector written out: first place `scores[0]`, beyond the vector 0."""
        places = np.arange(len(self.choices)) - np.repeat(self.starts[:-1], self.lengths())
        vector = np.array([*scores, 0], dtype=np.int32)
        return Ballots(self.starts, self.choices, vector[np.minimum(places, len(scores))])


def tally(ballots: Ballots, projects: int) -> tuple[list[int], list[int]]:
    """(points, voters) per project, as Python integers. A ballot that names a project counts as one voter of it."""
    voters = np.zeros(projects, dtype=np.int64)
    points = voters if ballots.points is None else np.zeros(projects, dtype=np.int64)
    for begin in range(0, len(ballots.choices), CHUNK):
        part = ballots.choices[begin : begin + CHUNK]
        voters += np.bincount(part, minlength=projects)
        if ballots.points is not None:
            # Sums of integers stay exact in a double below 2**53; a chunk of 65,536 int32 stays far under.
            points += np.bincount(part, weights=ballots.points[begin : begin + CHUNK], minlength=projects).astype(np.int64)
    return points.tolist(), voters.tolist()
