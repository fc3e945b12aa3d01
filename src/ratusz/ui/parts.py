"""The plain values components are drawn from. A dict with the same keys does as well; these say which keys there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    note: str = ""
    language: str = ""
    """Set when the label is in another language than the page."""
    is_current: bool = False


@dataclass(frozen=True)
class Banner:
    """An emergency told on every page."""

    text: str
    url: str = ""
    link_label: str = ""
    is_danger: bool = False
    """Life or health is in danger; without it, a warning."""
    language: str = ""
    """Set when the text is in another language than the page."""


@dataclass(frozen=True)
class Column:
    """One column of a table: `key` names it in the rows."""

    key: str
    label: str
    is_number: bool = False
    is_heading: bool = False
    """Its cells name their rows (scope="row")."""
    sort_url: str = ""
    sorted: str = ""
    """"ascending", "descending" or empty."""


@dataclass(frozen=True)
class Cell:
    """A table cell that is more than text. Plain values may stand in its place."""

    text: Any
    url: str = ""
    note: str = ""
    share: float | None = None
    """0 to 1: draws a bar of that share of the column under the text."""
    state: str = ""
    """One of the five words for state: draft, waiting, approved, sent, closed."""


@dataclass(frozen=True)
class Fact:
    """A row of a summary list."""

    label: str
    value: Any
    url: str = ""
    deed: str = ""
    """What the link does, as a verb: "Zmień"."""


@dataclass(frozen=True)
class Task:
    label: str
    url: str = ""
    state: str = ""
    hint: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class Step:
    title: str
    text: str = ""
    links: Sequence[Link] = ()
    is_current: bool = False
    is_done: bool = False


@dataclass(frozen=True)
class Stage:
    """One dated stage of a process on the clock line."""

    title: str
    dates: str
    """In words: "1–15 września 2026 r."."""
    when: str
    """"past", "now" or "ahead"."""
    note: str = ""
    """Only for "now": what is left, in words: "jeszcze 6 dni"."""
    progress: float = 0.5
    """Only for "now": how much of the stage has passed, 0 to 1; where today is marked."""

    @property
    def progress_percent(self) -> str:
        return f"{max(0.0, min(1.0, self.progress)) * 100:.1f}"


@dataclass(frozen=True)
class Tile:
    """One district of the tile map."""

    number: int
    short_name: str
    name: str
    url: str
    column: int
    row: int
    """Both count from 1, left to right and top to bottom."""
    value: str = ""
    """In words with its unit: "12 projektów"."""
    label: str = ""
    """Short enough for a tile: "12"."""
    level: int = 0
    """0 (nothing) to 4 (most)."""
    is_current: bool = False


@dataclass(frozen=True)
class Funded:
    """One funded project on the bar: `amount` in grosze (or any one unit), `amount_text` as people read it."""

    number: str
    title: str
    amount: int
    amount_text: str
    url: str = ""


@dataclass(frozen=True)
class Misfit:
    """The first project that did not fit: what it costs and what was missing for it."""

    number: str
    title: str
    amount: int
    amount_text: str
    missing: int
    missing_text: str
    url: str = ""


@dataclass(frozen=True)
class Download:
    label: str
    url: str
    format: str
    size: str
    note: str = ""


@dataclass(frozen=True)
class DrawnShape:
    """A shape that is on the map already: its name and the path of the drawing."""

    name: str
    path: str
    is_area: bool = True
    level: int | None = None
    """0 (nothing) to 4 (most) of one quantity; None draws it plainly."""


@dataclass(frozen=True)
class DrawnName:
    """A name on the map; whole units as texts."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class DrawnMap:
    """The city to draw on: size, outlines as (name, path), and what turns units of the drawing into degrees, all as texts."""

    width: str
    height: str
    outlines: Sequence[tuple[str, str]]
    names: Sequence[Any]
    west: str
    north: str
    scale: str
    squeeze: str
    known: Sequence[DrawnShape] = ()
