"""Decisions people took about a contest, from packs: exclusions, tie orders, withdrawals, reserve, known deviations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ratusz.participation.budget.engine import Decisions, decisions_from

FOLDER = Path(__file__).resolve().parent.parent / "packs" / "decisions"


class DecisionsError(ValueError):
    """A file of decisions does not hold what it should."""


@dataclass(frozen=True)
class Recorded:
    """What is on record about one contest. `deviations`: project number to why the published result breaks the rules."""

    decisions: Decisions = Decisions()
    deviations: Mapping[str, str] = field(default_factory=dict)
    contest: tuple[str, int, str] | None = None

    @property
    def references(self) -> list[str]:
        """The references, each once, for the line of the contest."""
        parts = [*self.decisions.exclusions, *self.decisions.ties]
        return list(dict.fromkeys(part.reference for part in parts if part.reference))


def recorded_from(plain: Mapping[str, Any]) -> Recorded:
    """From a parsed TOML or JSON file. Raises DecisionsError."""
    try:
        about = plain.get("contest")
        decisions = decisions_from(plain)
        deviations = {part["number"]: part["reference"] for part in plain.get("deviations", ())}
        contest = (about["city"], about["year"], about["pool"]) if about else None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DecisionsError(str(error)) from error
    return Recorded(decisions, deviations, contest)


def recorded_file(path: Path) -> Recorded:
    """The decisions in a TOML file. Raises DecisionsError, OSError."""
    try:
        return recorded_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DecisionsError(f"{path.name}: {error}") from error


@cache
def _pack() -> dict[tuple[str, int, str], Recorded]:
    found = [recorded_file(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {recorded.contest: recorded for recorded in found if recorded.contest}


def on_record(city: str, year: int | None, pool: str) -> Recorded:
    """What the pack has about a contest; nothing when it has none."""
    return _pack().get((city, year or 0, pool), Recorded())
