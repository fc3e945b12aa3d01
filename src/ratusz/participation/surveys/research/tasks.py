"""The city's tasks by law, one of which each piece of research concerns."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, load_pack
from ratusz.participation.surveys.terms import PACKS


@lru_cache
def _pack() -> Pack:
    return load_pack(PACKS / "research_tasks.toml")


def choices(at: datetime) -> list[tuple[str, str]]:
    """Code and words of each task in force, in the order of the statute."""
    day = local_day(at)
    return [(each.name, str(each.value)) for each in _pack().values if each.holds_on(day)]


def words(code: str) -> str:
    """The words of a task, whenever it was in force."""
    return next((str(each.value) for each in _pack().values if each.name == code), code)


def basis(code: str) -> str:
    """Where the statute names the task."""
    return next((each.legal_basis for each in _pack().values if each.name == code), "")
