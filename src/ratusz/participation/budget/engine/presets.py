"""Presets: the rules of real cities as dated TOML packs with their source and certainty."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ratusz.participation.budget.engine.as_data import edition_rules_from, exact
from ratusz.participation.budget.engine.pool_formula import PoolFormula
from ratusz.participation.budget.engine.rules import EditionRules, RulesError

FOLDER = Path(__file__).resolve().parent.parent / "packs" / "presets"
PLACES = ("any", "city", "district", "local")


@dataclass(frozen=True)
class Match:
    """Which contests a level holds: by where the pool lies and, if given, by the end of its name (`… | small`)."""

    level: str
    place: str = "any"
    ends_with: str = ""


@dataclass(frozen=True)
class Preset:
    """Rules of one city for some years. `certainty`: checked (a real count agrees) or verify (not confirmed in a primary text)."""

    code: str
    name: str
    city: str
    first_year: int
    last_year: int | None
    rules: EditionRules
    matches: tuple[Match, ...]
    legal_basis: str
    certainty: str
    source: str
    valid_from: date
    notes: str = ""
    pool_formula: PoolFormula | None = None

    def level_of(self, place: str, pool_name: str = "") -> str:
        """Code of the level for a pool that lies in the whole city, a district or a part of one. KeyError when none fits."""
        for match in self.matches:
            if match.place in ("any", place) and pool_name.casefold().endswith(match.ends_with.casefold()):
                return match.level
        raise KeyError(f"{self.code}: {place}")


def preset_from(plain: Mapping[str, Any]) -> Preset:
    """A preset from a parsed TOML file. Raises RulesError."""
    try:
        about, pack = plain["preset"], plain["pack"]
        matches = tuple(Match(**match) for match in plain["match"])
        wrong = [match.place for match in matches if match.place not in PLACES]
        if wrong:
            raise RulesError(f"match.place: {wrong[0]!r}", "match.place", wrong[0], PLACES)
        return Preset(
            code=about["code"],
            name=about["name"],
            city=about["city"],
            first_year=about["first_year"],
            last_year=about.get("last_year"),
            notes=about.get("notes", ""),
            rules=edition_rules_from(plain["edition"]),
            matches=matches,
            legal_basis=pack["legal_basis"],
            certainty=pack["certainty"],
            source=pack["source"],
            valid_from=pack["valid_from"],
            pool_formula=_formula(plain.get("pool_formula")),
        )
    except (KeyError, TypeError) as error:
        raise RulesError(f"preset: {error}", str(error.args[0]) if isinstance(error, KeyError) else "preset") from error


def _formula(plain: Mapping[str, Any] | None) -> PoolFormula | None:
    if plain is None:
        return None
    percents = {name: exact(plain[name]) for name in ("equal_percent", "kept_percent")}
    return PoolFormula(plain["base"], plain["city_base"], bonus_split=tuple(map(exact, plain["bonus_split"])), **percents)


def preset_file(path: Path) -> Preset:
    """The preset in a TOML file. Raises RulesError, OSError."""
    try:
        return preset_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{path.name}: {error}") from error


@cache
def presets() -> Mapping[str, Preset]:
    """All presets of the pack by code."""
    found = [preset_file(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {preset.code: preset for preset in found}


def preset(code: str) -> Preset:
    """One preset by code; KeyError when there is none. Reads its own file only."""
    path = FOLDER / f"{code}.toml"
    if not code.replace("_", "").isalnum() or not path.exists():
        raise KeyError(code)
    return preset_file(path)


def preset_for(city: str, year: int) -> Preset | None:
    """The preset of a city for a year (the year of Pabulib's `instance`), None when the pack has none."""
    fitting = [
        known for known in presets().values() if known.city == city and known.first_year <= year <= (known.last_year or year)
    ]
    return max(fitting, key=lambda known: known.first_year, default=None)
