"""Small groups stay hidden, and nobody can work them out from the sum of the others."""

from __future__ import annotations

from collections.abc import Sequence

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
    """A table whose sums of rows and of columns are known: every row and column hides nothing or at least `least` people in it."""
    hidden = {(row, column) for row, cells in enumerate(table) for column, count in enumerate(cells) if 0 < count < least}
    lines = _lines(len(table), len(table[0]) if table else 0)
    changed = True
    while changed:
        changed = False
        for line in lines:
            added = _to_hide(table, line, hidden, least)
            hidden |= added
            changed = changed or bool(added)
    return [[None if (row, column) in hidden else count for column, count in enumerate(cells)] for row, cells in enumerate(table)]


Place = tuple[int, int]


def _lines(rows: int, columns: int) -> list[list[Place]]:
    across = [[(row, column) for column in range(columns)] for row in range(rows)]
    return across + [[(row, column) for row in range(rows)] for column in range(columns)]


def _to_hide(table: Sequence[Sequence[int]], line: Sequence[Place], hidden: set[Place], least: int) -> set[Place]:
    """The next smallest cells that a row or a column still has to hide."""
    inside = sum(table[row][column] for row, column in line if (row, column) in hidden)
    if not inside or inside >= least and len(hidden.intersection(line)) > 1:
        return set()
    rest = sorted((table[row][column], (row, column)) for row, column in line if (row, column) not in hidden and table[row][column])
    return {rest[0][1]} if rest else set()
