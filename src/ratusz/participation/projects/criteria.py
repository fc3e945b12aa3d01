"""Criteria of both checks as the city's data: words and legal basis of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from ratusz.participation.projects.form_pack import PACKS
from ratusz.participation.projects.models import Stage

SUPPORTERS = "supporters"
"""The criterion that signatures counted in this program speak to."""


@dataclass(frozen=True)
class Criterion:
    """One thing a project must meet."""

    stage: str
    code: str
    words: str
    basis: str


@lru_cache
def criteria(stage: str) -> tuple[Criterion, ...]:
    """Criteria of one check, in order. Raises ValueError for a stage or a legal basis that is not there."""
    found = tuple(Criterion(**entry) for entry in tomllib.loads((PACKS / "criteria.toml").read_text(encoding="utf-8"))["criterion"])
    if any(each.stage not in Stage.values or not each.basis for each in found):
        raise ValueError("criteria.toml: a criterion without a stage or without its legal basis")
    return tuple(each for each in found if each.stage == stage)
