"""Geometry of the pictures: plain numbers in, plain numbers out. Components draw them on the page, documents draw them on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ratusz.ui import tokens
from ratusz.ui.parts import Funded, Misfit, Tile

TILE = 100
GAP = 4
LEAST_COLUMNS = 4
"""A map of one or two districts draws no tile as wide as the page."""
BEYOND = 0.4
"""How far past the pool's end a project may reach, as a share of the pool; a longer one is drawn broken off."""
LABEL_FROM = 5.0
"""Narrowest segment (per cent of the picture) that still carries its ordinal number, at 320 px."""


@dataclass(frozen=True)
class DrawnTile:
    tile: Tile
    x: int
    y: int
    ground: str
    ink: str
    side: int = TILE - GAP

    @property
    def text_x(self) -> int:
        return self.x + 8

    @property
    def right_x(self) -> int:
        return self.x + self.side - 8

    @property
    def number_y(self) -> int:
        return self.y + 30

    @property
    def name_y(self) -> int:
        return self.y + self.side - 14

    @property
    def bottom(self) -> int:
        return self.y + self.side - 8


@dataclass(frozen=True)
class TileMap:
    tiles: tuple[DrawnTile, ...]
    frame_width: int
    frame_height: int


def tile_map(tiles: Sequence[Tile]) -> TileMap:
    """Places tiles by their column and row, from the first that have one; sizes in the picture's own units."""
    colours = tokens.read()
    left, top = min(tile.column for tile in tiles), min(tile.row for tile in tiles)
    drawn = tuple(
        DrawnTile(
            tile, (tile.column - left) * TILE, (tile.row - top) * TILE,
            colours[f"level-{tile.level}"], colours[f"on-level-{tile.level}"],
        )
        for tile in tiles
    )  # fmt: skip
    columns = max(LEAST_COLUMNS, max(tile.column for tile in tiles) - left + 1)
    rows = max(tile.row for tile in tiles) - top + 1
    return TileMap(drawn, columns * TILE - GAP, rows * TILE - GAP)


@dataclass(frozen=True)
class Segment:
    project: Funded
    ordinal: int
    x: float
    width: float

    @property
    def is_labelled(self) -> bool:
        return self.width >= LABEL_FROM


@dataclass(frozen=True)
class MoneyBar:
    """All positions in per cent of the picture's width."""

    segments: tuple[Segment, ...]
    rest_x: float
    rest_width: float
    end: float
    """Where the pool ends."""
    misfit_x: float = 0
    misfit_inside: float = 0
    misfit_beyond: float = 0
    is_broken_off: bool = False

    @property
    def height(self) -> int:
        return 92 if self.misfit_beyond else 64


def money_bar(pool: int, funded: Sequence[Funded], misfit: Misfit | None = None) -> MoneyBar:
    """Lays a pool out as a bar. Amounts in one unit (grosze); `pool` above 0 and not below the sum of what was funded.

    The misfit starts where the money then left began, so it ends past the pool by exactly what was missing.
    """
    spent = sum(project.amount for project in funded)
    if pool <= 0 or spent > pool:
        raise ValueError(f"a pool of {pool} cannot have paid {spent}")
    beyond = min(misfit.missing, int(pool * BEYOND)) if misfit else 0
    scale = 100 / (pool + beyond)
    segments, at = [], 0
    for ordinal, project in enumerate(funded, start=1):
        segments.append(Segment(project, ordinal, _round(at * scale), _round(project.amount * scale)))
        at += project.amount
    bar = {"rest_x": spent * scale, "rest_width": (pool - spent) * scale, "end": pool * scale}
    if misfit:
        left = misfit.amount - misfit.missing
        bar |= {"misfit_x": (pool - left) * scale, "misfit_inside": left * scale, "misfit_beyond": beyond * scale}
    drawn = {name: _round(value) for name, value in bar.items()}
    return MoneyBar(tuple(segments), is_broken_off=bool(misfit and misfit.missing > beyond), **drawn)


def _round(value: float) -> float:
    return round(value, 3)
