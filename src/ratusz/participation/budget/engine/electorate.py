"""The ballots as Equal Shares needs them: equal ballots folded into one with a multiplicity, supporters listed by project."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ratusz.participation.budget.engine.ballots import Ballots

FEW = 1 << 13
"""Ballots handled at a time where each entry needs eight bytes for a moment."""
SEGMENT = 1 << 16
"""Groups of ballots that two-byte ids can name; halves the memory against four-byte ids."""


@dataclass(frozen=True)
class Part:
    """Supporters of one project inside one segment: ids from `offset`, their multiplicities and points (None: all 1)."""

    offset: int
    ids: np.ndarray
    times: np.ndarray | None
    points: np.ndarray | None


class Electorate:
    """Groups of equal ballots. `ballots` counts all ballots, the blank ones too: each has a purse."""

    def __init__(self, ballots: Ballots, candidates: Collection[int], weighted: bool):
        self.ballots = len(ballots)
        folded, times = fold(ballots if weighted or ballots.points is None else Ballots(ballots.starts, ballots.choices))
        self.groups = len(folded)
        self.folded, self.pointed = times is not None, folded.points is not None
        self._parts: dict[int, list[Part]] = {c: [] for c in candidates}
        self._fill(folded, times)
        self.support = {c: sum(_sum(part.times, len(part.ids)) for part in parts) for c, parts in self._parts.items()}
        """Ballots that contain the project."""
        self.weight = {c: sum(_weight(part) for part in parts) for c, parts in self._parts.items()}
        """Sum of points given to it; equal to support where every choice is one point."""

    def _fill(self, folded: Ballots, times: np.ndarray | None) -> None:
        for begin in range(0, self.groups, SEGMENT):
            end = min(begin + SEGMENT, self.groups)
            entries = slice(folded.starts[begin], folded.starts[end])
            owners = np.repeat(np.arange(end - begin, dtype=np.uint16), np.diff(folded.starts[begin : end + 1]))
            choices = folded.choices[entries]
            points = None if folded.points is None else folded.points[entries]
            for candidate, parts in self._parts.items():
                found = np.flatnonzero(choices == candidate)
                if points is not None:
                    found = found[points[found] > 0]
                if len(found):
                    ids = owners[found]
                    parts.append(
                        Part(
                            begin,
                            ids,
                            None if times is None else times[begin:end][ids],
                            None if points is None else points[found].astype(float),
                        )
                    )

    def parts(self, candidate: int) -> list[Part]:
        """The supporters of a project, segment by segment, ids ascending."""
        return self._parts[candidate]

    def gather(self, candidate: int, values: np.ndarray) -> np.ndarray:
        """`values` (one a group) of the project's supporters."""
        parts = self._parts[candidate]
        if len(parts) == 1 and not parts[0].offset:
            return values[:SEGMENT][parts[0].ids]
        found = [values[part.offset : part.offset + SEGMENT][part.ids] for part in parts]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def times(self, candidate: int) -> np.ndarray | None:
        """Multiplicities of the supporters; None: all 1."""
        if not self.folded:
            return None
        return _joined([part.times for part in self._parts[candidate]])

    def points(self, candidate: int) -> np.ndarray | None:
        """Points of the supporters; None: all 1."""
        if not self.pointed:
            return None
        return _joined([part.points for part in self._parts[candidate]])


def _joined(arrays: list[np.ndarray | None]) -> np.ndarray | None:
    known = [array for array in arrays if array is not None]
    return known[0] if len(known) == 1 else np.concatenate(known)


def _sum(values: np.ndarray | None, length: int) -> int:
    return length if values is None else int(values.sum())


def _weight(part: Part) -> int:
    if part.points is None:
        return _sum(part.times, len(part.ids))
    return int(part.points.sum() if part.times is None else (part.points * part.times).sum())


def fold(ballots: Ballots) -> tuple[Ballots, np.ndarray | None]:
    """Equal ballots as one: (different ballots, how many of each). Multiplicities None: not worth folding.

    Ballots are told apart by two random 64-bit sums over their entries, drawn anew each time: two different ones meet with
    probability 2**-128, and no file can be made to provoke it.
    """
    if not len(ballots):
        return ballots, None
    first = _prints(ballots)
    ordered = np.sort(first)
    different = 1 + int((ordered[1:] != ordered[:-1]).sum())
    del ordered
    if different * 4 > len(ballots) * 3:
        return ballots, None
    _, chosen, groups, times = np.unique(first, return_index=True, return_inverse=True, return_counts=True)
    second = _prints(ballots)
    if (second != second[chosen][groups]).any():
        return ballots, None
    keep = np.zeros(len(ballots), dtype=bool)
    keep[chosen] = True
    order = np.argsort(chosen)
    return ballots.only(keep), times[order].astype(np.int32)


def _prints(ballots: Ballots) -> np.ndarray:
    """One random 64-bit sum a ballot, the same for equal ballots in any order of their entries."""
    random = np.random.default_rng()
    highest = int(ballots.choices.max(initial=0)) + 1
    keys = random.integers(0, 1 << 64, size=highest, dtype=np.uint64)
    prints = np.zeros(len(ballots), dtype=np.uint64)
    for begin in range(0, len(ballots), FEW):
        end = min(begin + FEW, len(ballots))
        starts = ballots.starts[begin : end + 1]
        entries = keys[ballots.choices[starts[0] : starts[-1]]]
        if ballots.points is not None:
            entries *= ballots.points[starts[0] : starts[-1]].astype(np.uint64) * np.uint64(2) + np.uint64(1)
        np.cumsum(entries, out=entries)
        sums = np.concatenate([np.zeros(1, np.uint64), entries])[starts - starts[0]]
        prints[begin:end] = sums[1:] - sums[:-1]
    return prints
