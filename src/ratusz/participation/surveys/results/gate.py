"""Small groups stay hidden, and nobody can work them out from the sum of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Shown = int | None
"""A count that may be read; None for one that is hidden."""


def hidden_alone(counts: Sequence[int], least: int) -> list[Shown]:
    """Counts that do not add up to a known sum (several choices each): those of 1 to `least` - 1 people are hidden."""
    return [None if 0 < count < least else count for count in counts]


def hidden_in_sum(counts: Sequence[int], least: int) -> list[Shown]:
    """Counts whose sum is known: the small ones are hidden, and with them the next smallest until together they hold `least`.

    Alone, a hidden one would be the difference between the sum and the others (consultations.md section 8).
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < least}
    rest = sorted((place for place in range(len(counts)) if place not in hidden and counts[place]), key=counts.__getitem__)
    while hidden and rest and sum(counts[place] for place in hidden) < least:
        hidden.add(rest.pop(0))
    return [None if place in hidden else count for place, count in enumerate(counts)]


def hidden_across(table: Sequence[Sequence[int]], least: int) -> list[list[Shown]]:
    """A table whose sums of rows and of columns are known: no hidden cell follows from them, alone or in a line of too few."""
    counts = {(row, column): count for row, cells in enumerate(table) for column, count in enumerate(cells)}
    hidden = hidden_in_lines(counts, _lines(len(table), len(table[0]) if table else 0), least, together=True)
    return [[None if (row, column) in hidden else count for column, count in enumerate(cells)] for row, cells in enumerate(table)]


Place = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """Cells that add up to something everybody knows: to another cell, or, where `total` is None, to a number that is told."""

    parts: tuple[Place, ...]
    total: Place | None = None


def _lines(rows: int, columns: int) -> list[Line]:
    across = [Line(tuple((row, column) for column in range(columns))) for row in range(rows)]
    return across + [Line(tuple((row, column) for row in range(rows))) for column in range(columns)]


def hidden_in_lines(
    counts: Mapping[Place, int], lines: Sequence[Line], least: int, also: Iterable[Place] = (), *, together: bool = False
) -> set[Place]:  # fmt: skip
    """Cells to hide: the small ones, those of `also`, and the next smallest until no line tells a hidden one.

    What a line hides is more than one cell and holds at least `least` people, as far as it has other cells with people in them.
    `together`: no cell follows from several lines either; for counts of which the sums are exact.
    """
    hidden = {place for place, count in counts.items() if 0 < count < least} | {place for place in also if counts[place]}
    while hidden:
        added = {place for line in lines for place in _next(counts, line, hidden, least)}
        added = added or (_beside_determined(counts, lines, hidden) if together else set())
        if not added:
            break
        hidden |= added
    return hidden


def _next(counts: Mapping[Place, int], line: Line, hidden: set[Place], least: int) -> set[Place]:
    """The smallest cell that a line still has to hide, if any."""
    inside = [place for place in line.parts if place in hidden]
    if line.total is not None and line.total in hidden:
        is_told = not inside
    else:
        is_told = bool(inside) and (len(inside) < 2 or sum(counts[place] for place in inside) < least)
    return _smallest(counts, line, hidden) if is_told else set()


def _smallest(counts: Mapping[Place, int], line: Line, hidden: set[Place]) -> set[Place]:
    """The part with the fewest people that is shown; the total where no part is left."""
    rest = [place for place in line.parts if place not in hidden and counts[place]]
    rest = rest or [place for place in (line.total,) if place is not None and place not in hidden and counts[place]]
    return {min(rest, key=lambda place: (counts[place], place))} if rest else set()


MOST_SOLVED = 300
"""Hidden cells of one table up to which lines are looked at together: beyond it nobody reads the table either."""


def _beside_determined(counts: Mapping[Place, int], lines: Sequence[Line], hidden: set[Place]) -> set[Place]:
    """For each hidden cell that follows from several lines together, one more cell to hide."""
    unknown = [[place for place in (*line.parts, line.total) if place in hidden] for line in lines]
    told = _binding([(line, cells) for line, cells in zip(lines, unknown, strict=True) if cells])
    order = {place: number for number, place in enumerate(dict.fromkeys(place for _line, cells in told for place in cells))}
    if not order or len(order) > MOST_SOLVED:
        return set()
    table = np.zeros((len(told), len(order)))
    for row, (line, cells) in enumerate(told):
        for place in cells:
            table[row, order[place]] = -1 if place == line.total else 1
    free = _free(table)
    fixed = {place for place, number in order.items() if not free[number]}
    return {more for line, cells in told if fixed.intersection(cells) for more in _smallest(counts, line, hidden)}


def _binding(told: list[tuple[Line, list[Place]]]) -> list[tuple[Line, list[Place]]]:
    """Lines without those that tell nothing: one of their cells stands in no other line, so the rest of them may be anything."""
    while True:
        often = Counter(place for _line, cells in told for place in cells)
        left = [(line, cells) for line, cells in told if all(often[place] > 1 for place in cells)]
        if len(left) == len(told):
            return told
        told = left


def _free(table: np.ndarray) -> np.ndarray:
    """Which unknowns of the equations (one in a row) may take more than one value."""
    values, vectors = np.linalg.eigh(table.T @ table)
    return (np.abs(vectors[:, values < 1e-7]) > 1e-6).any(axis=1)
