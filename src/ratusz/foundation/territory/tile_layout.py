"""Lays districts out as equal tiles after their real places, so that another city gets its map from its points alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

Point = tuple[float, float]
Cell = tuple[int, int]
"""Column and row, from 1, north on top."""

SPARE = 1.25
"""Cells for each district: with some to spare, tiles keep the city's outline instead of filling a box."""
RANK_WEIGHT = 0.5
"""How far a place in the order counts beside the place on the ground: a crowded centre would not fit its cells otherwise."""
LONGEST_NAME = 12


def lay_out(points: Mapping[int, Point], columns: int | None = None) -> dict[int, Cell]:
    """A cell for each district's (longitude, latitude): no two alike, in each row west to east, in each column north to south.

    Tiles move and change places as long as that brings them nearer to where they belong. At the end no two can be exchanged
    with gain, which is why rows and columns are in order; a better map by hand is always possible.
    """
    if not points:
        return {}
    wide, high = _grid(points, columns)
    wanted = _wanted(points, wide, high)
    free = {(column, row) for column in range(1, wide + 1) for row in range(1, high + 1)}
    placed: dict[int, Cell] = {}
    for number in sorted(points, key=lambda each: (wanted[each], each)):
        placed[number] = min(free, key=lambda cell: (_far(wanted[number], cell), cell))
        free.remove(placed[number])
    while _improve(placed, free, wanted):
        pass
    return placed


def _grid(points: Mapping[int, Point], columns: int | None) -> Cell:
    """Columns and rows of the frame, after the shape of the city on the ground."""
    count = len(points)
    if columns is None:
        wide = (_spread([x for x, _y in points.values()]) or 1e-6) * math.cos(math.radians(next(iter(points.values()))[1]))
        high = _spread([y for _x, y in points.values()]) or 1e-6
        columns = round(math.sqrt(count * SPARE * wide / high))
    columns = max(1, min(count, columns))
    return columns, math.ceil(count * SPARE / columns)


def _spread(values: list[float]) -> float:
    return max(values) - min(values)


def _wanted(points: Mapping[int, Point], wide: int, high: int) -> dict[int, Point]:
    """Where each district would stand if cells had no walls: a mean of its place on the ground and its place in the order."""
    across = _between({number: x for number, (x, _y) in points.items()}, wide)
    down = _between({number: -y for number, (_x, y) in points.items()}, high)
    return {number: (across[number], down[number]) for number in points}


def _between(values: Mapping[int, float], cells: int) -> dict[int, float]:
    low, spread = min(values.values()), _spread(list(values.values())) or 1.0
    ranks = {
        number: rank / max(1, len(values) - 1) for rank, number in enumerate(sorted(values, key=lambda each: (values[each], each)))
    }
    return {
        number: 1 + (cells - 1) * ((1 - RANK_WEIGHT) * (value - low) / spread + RANK_WEIGHT * ranks[number])
        for number, value in values.items()
    }


def _far(wanted: Point, cell: Cell) -> float:
    return (wanted[0] - cell[0]) ** 2 + (wanted[1] - cell[1]) ** 2


def _improve(placed: dict[int, Cell], free: set[Cell], wanted: Mapping[int, Point]) -> bool:
    """The best single change, if any brings a gain: one tile to a free cell, or two exchanged."""
    gain, number, other = max(_changes(placed, free, wanted), default=(0.0, 0, 0), key=lambda change: change[0])
    if gain <= 1e-9:
        return False
    old = placed[number]
    if isinstance(other, tuple):
        placed[number] = other
        free.remove(other)
        free.add(old)
    else:
        placed[number], placed[other] = placed[other], old
    return True


def _changes(placed: dict[int, Cell], free: set[Cell], wanted: Mapping[int, Point]) -> Iterator[tuple[float, int, int | Cell]]:
    for number, cell in placed.items():
        now = _far(wanted[number], cell)
        for empty in sorted(free):
            yield now - _far(wanted[number], empty), number, empty
        for other, its in placed.items():
            if other > number:
                yield now + _far(wanted[other], its) - _far(wanted[number], its) - _far(wanted[other], cell), number, other


def short_name(name: str) -> str:
    """A first proposal of a name short enough for a tile: "Osiedle Witosa" gives "Witosa", "Szopienice-Burowiec" "Szopienice"."""
    first = name.removeprefix("Osiedle ").split("-")[0].split(" część")[0].strip()
    return first if len(first) <= LONGEST_NAME else f"{first[: LONGEST_NAME - 1].rstrip()}."


def as_pack(city: str, names: Mapping[int, str], cells: Mapping[int, Cell]) -> str:
    """The layout as the text of a packs/*_tiles.toml, row by row."""
    lines = [f'city = "{city}"', "", "[tiles]"]
    for number, (column, row) in sorted(cells.items(), key=lambda each: (each[1][1], each[1][0])):
        lines.append(f'{number} = {{ column = {column}, row = {row}, short_name = "{short_name(names[number])}" }}')
    return "\n".join(lines) + "\n"


def as_drawing(cells: Mapping[int, Cell]) -> str:
    """The layout as lines of numbers, to be looked at in a terminal."""
    by_cell = {cell: number for number, cell in cells.items()}
    wide, high = max(column for column, _row in by_cell), max(row for _column, row in by_cell)
    rows = [[str(by_cell.get((column, row), "·")).rjust(3) for column in range(1, wide + 1)] for row in range(1, high + 1)]
    return "\n".join("".join(row) for row in rows) + "\n"
