"""Where each district stands on the tile map, and its name short enough for a tile: data of the city, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKS = Path(__file__).parent / "packs"


@dataclass(frozen=True)
class TilePlace:
    """A cell of the tile map; column and row count from 1, left to right and top (north) to bottom."""

    column: int
    row: int
    short_name: str


@cache
def tile_places(pack: str = "katowice_tiles") -> dict[int, TilePlace]:
    """The place of every district by its number."""
    tiles = tomllib.loads((PACKS / f"{pack}.toml").read_text(encoding="utf-8"))["tiles"]
    return {int(number): TilePlace(**place) for number, place in tiles.items()}
