"""The VOTES section in blocks: columns at a time where all is well, row by row only to find the line that is not."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain

import numpy as np

from ratusz.participation.budget.engine import Ballots
from ratusz.participation.budget.pabulib.contest import grosze, zlote
from ratusz.participation.budget.pabulib.errors import PabulibError
from ratusz.participation.budget.pabulib.lines import plain

BLOCK = 1 << 12
MOST_KNOWN = 1 << 14
"""Different ballots remembered, so that a contest of a million different ones does not fill the memory."""


class VotesReader:
    """Collects ballots. `costs` in grosze, in the order of `numbers`."""

    def __init__(self, meta: dict[str, str], numbers: list[str], costs: list[int]):
        self.meta, self.numbers = meta, numbers
        self.position = {number: index for index, number in enumerate(numbers)}
        self.costs = np.array(costs, dtype=np.int64)
        self.voters: list[str] = []
        self.seen: set[str] = set()
        self.starts, self.choices, self.points = array("i", [0]), array("i"), array("i")
        self.columns: dict[str, list[str]] = {}
        self.has_points = False
        self.known_votes: dict[str, tuple[int, ...]] = {}
        self.known_points: dict[str, tuple[int, ...]] = {}

    def read(self, rows, header: list[str]) -> None:
        """Reads to the end of the file. Raises PabulibError."""
        if "vote" not in header:
            raise PabulibError("column_missing", rows.line, section="VOTES", name="vote")
        self.has_points = "points" in header
        if self.meta["vote_type"] in ("cumulative", "scoring") and not self.has_points:
            raise PabulibError("points_missing", rows.line)
        self.columns = {name: [] for name in header if name not in ("voter_id", "vote", "points")}
        most = int(self.meta["num_votes"])
        for block, lines in rows.blocks(BLOCK, len(header)):
            self._take(block, lines, header)
            if len(self.voters) > most:
                raise PabulibError("num_votes", lines[-1], expected=most, found=f"co najmniej {len(self.voters)}")

    def _take(self, block: list[list[str]], lines: Sequence[int], header: list[str]) -> None:
        columns = {name: _plain(cells) for name, cells in zip(header, zip(*block, strict=True), strict=True)}
        self._take_voters(columns["voter_id"], lines)
        votes = self._parsed(columns["vote"], self.known_votes, self._vote, lines)
        lengths = np.fromiter(map(len, votes), dtype=np.int32, count=len(votes))
        owners = np.repeat(np.arange(len(votes), dtype=np.int32), lengths)
        choices = np.fromiter(chain.from_iterable(votes), dtype=np.int32, count=int(lengths.sum()))
        points = self._take_points(columns["points"], lengths, lines) if self.has_points else None
        self._check_limits(choices, lengths, owners, points, lines)
        offset = self.starts[-1]
        self.starts.frombytes((offset + np.cumsum(lengths, dtype=np.int32)).tobytes())
        self.choices.frombytes(choices.tobytes())
        for name, column in self.columns.items():
            column.extend(columns[name])

    def _take_voters(self, voters: list[str], lines: Sequence[int]) -> None:
        before = len(self.seen)
        self.seen.update(voters)
        if len(self.seen) != before + len(voters) or "" in self.seen:
            known = set(self.voters)
            for voter, line in zip(voters, lines, strict=True):
                if not voter:
                    raise PabulibError("voter_empty", line)
                if voter in known:
                    raise PabulibError("voter_twice", line, voter=voter[:40])
                known.add(voter)
        self.voters.extend(voters)

    @staticmethod
    def _parsed(column: list[str], known: dict[str, tuple[int, ...]], parse, lines: Sequence[int]) -> list[tuple[int, ...]]:
        """Each text parsed once: most ballots of a contest are equal to some other."""
        for text in set(column).difference(known):
            if len(known) < MOST_KNOWN:
                known[text] = parse(text, column, lines)
        try:
            return [known[text] for text in column]
        except KeyError:
            return [known[text] if text in known else parse(text, column, lines) for text in column]

    def _vote(self, text: str, column: list[str], lines: Sequence[int]) -> tuple[int, ...]:
        """Positions of the projects a ballot names. Blanks around a number are let pass; an unknown number is not."""
        if not text or text == "None":
            return ()
        try:
            choices = tuple([self.position[number] for number in text.split(",")])
        except KeyError:
            numbers = [number.strip() for number in text.split(",")]
            unknown = next((number for number in numbers if number not in self.position), None)
            if unknown is not None:
                line = lines[column.index(text)]
                raise PabulibError("unknown_project", line, number=unknown[:60] or "bez numeru") from None
            choices = tuple(self.position[number] for number in numbers)
        if len(set(choices)) != len(choices):
            twice = next(choice for index, choice in enumerate(choices) if choice in choices[:index])
            raise PabulibError("project_in_ballot_twice", lines[column.index(text)], number=self.numbers[twice])
        return choices

    def _take_points(self, column: list[str], lengths: np.ndarray, lines: Sequence[int]) -> np.ndarray:
        given = self._parsed(column, self.known_points, _points, lines)
        counts = np.fromiter(map(len, given), dtype=np.int32, count=len(given))
        wrong = np.flatnonzero(counts != lengths)
        if len(wrong):
            row = wrong[0]
            raise PabulibError("points_count", lines[row], expected=int(lengths[row]), found=int(counts[row]))
        points = np.fromiter(chain.from_iterable(given), dtype=np.int32, count=int(counts.sum()))
        self.points.frombytes(points.tobytes())
        return points

    def _check_limits(self, choices, lengths, owners, points, lines: Sequence[int]) -> None:
        most = 1 if self.meta["vote_type"] == "choose-1" else self._limit("max_length")
        self._bound(lengths, self._limit("min_length"), most, ("too_few", "too_many"), lines)
        if points is not None:
            sums = np.bincount(owners, weights=points, minlength=len(lengths)).astype(np.int64)
            self._bound(sums, self._limit("min_sum_points"), self._limit("max_sum_points"), ("points_low", "points_high"), lines)
            entry_lines = _Through(lines, owners)
            self._bound(points, self._limit("min_points"), self._limit("max_points"), ("point_low", "point_high"), entry_lines)
        low, high = (grosze(self.meta[key]) if key in self.meta else None for key in ("min_sum_cost", "max_sum_cost"))
        if low is not None or high is not None:
            costs = np.zeros(len(lengths), dtype=np.int64)
            np.add.at(costs, owners, self.costs[choices])
            self._bound(costs, low, high, ("cost_low", "cost_high"), lines, zlote)

    def _limit(self, key: str) -> int | None:
        return int(self.meta[key]) if key in self.meta else None

    @staticmethod
    def _bound(values: np.ndarray, low, high, codes: tuple[str, str], lines, shown=str) -> None:
        for code, limit, wrong in (
            (codes[0], low, None if low is None else values < low),
            (codes[1], high, None if high is None else values > high),
        ):
            if wrong is not None and wrong.any():
                index = int(np.argmax(wrong))
                raise PabulibError(code, lines[index], found=shown(int(values[index])), limit=shown(limit))

    def ballots(self) -> Ballots:
        """All ballots read, as the engine's arrays."""
        points = np.array(self.points, dtype=np.int32) if self.has_points else None
        return Ballots(np.array(self.starts, dtype=np.int32), np.array(self.choices, dtype=np.int32), points)

    def extras(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(column) for name, column in self.columns.items()}


def _plain(cells: Sequence[str]) -> list[str]:
    return list(map(plain if "\r" in "".join(cells) else str.strip, cells))


class _Through:
    """Lines of entries: the line of the ballot an entry belongs to."""

    def __init__(self, lines: Sequence[int], owners: np.ndarray):
        self.lines, self.owners = lines, owners

    def __getitem__(self, entry: int) -> int:
        return self.lines[self.owners[entry]]


def _points(text: str, column: list[str], lines: Sequence[int]) -> tuple[int, ...]:
    if not text or text == "None":
        return ()
    parts = [part.strip().removesuffix(".0") for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise PabulibError("points_number", lines[column.index(text)], found=text[:40])
    return tuple(map(int, parts))
