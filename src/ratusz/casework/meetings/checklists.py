"""The template of things to do before a meeting, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PACK = Path(__file__).parent / "packs" / "checklists.toml"


@dataclass(frozen=True)
class Line:
    """One thing to do: for which kinds (empty: all), how many hours before the start, by whom."""

    code: str
    what: str
    kinds: list[str]
    hours_before: int
    task: str


@lru_cache
def all_lines() -> tuple[Line, ...]:
    """Every line, as the pack writes them."""
    return tuple(Line(**each) for each in tomllib.loads(PACK.read_text(encoding="utf-8"))["line"])


def codes_of(task: str) -> list[str]:
    """Codes of the lines that go to whoever has the task."""
    return [line.code for line in all_lines() if line.task == task]


def lines_for(kind: str) -> list[Line]:
    """The lines for one kind of meeting."""
    return [line for line in all_lines() if not line.kinds or kind in line.kinds]
