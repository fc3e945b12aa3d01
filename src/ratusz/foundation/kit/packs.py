"""Packs of rules: law and city rules as dated TOML data, each value with its unit, legal basis and how sure we are.

    name = "kpa"
    about = "Terms of the Code of Administrative Procedure"

    [[value]]
    name = "complaint_answer_months"
    value = 1
    unit = "months"
    legal_basis = "art. 237 § 1 KPA (Dz.U. 2024 poz. 572)"
    valid_from = 1960-06-14
    certainty = "confirmed"            # or "verify": not checked in a primary source; shown to staff as such

`valid_to` (optional) is the first day on which the value holds no more, so the next value's `valid_from` equals it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

CERTAINTIES = ("confirmed", "verify")
REQUIRED = ("name", "value", "unit", "legal_basis", "valid_from", "certainty")
OPTIONAL = ("valid_to", "note")


class PackError(ValueError):
    """The pack is written wrong; the message names file, value and what to mend."""


class NotInForce(LookupError):
    """The pack has no such value on that day."""


class PackChanged(RuntimeError):
    """The values of a past day are no longer those a running process started with."""


@dataclass(frozen=True)
class PackValue:
    """One rule for one period [valid_from, valid_to)."""

    name: str
    value: Any
    unit: str
    legal_basis: str
    valid_from: date
    certainty: str
    valid_to: date | None = None
    note: str = ""

    @property
    def is_confirmed(self) -> bool:
        return self.certainty == "confirmed"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class RulesOfDay(Mapping[str, Any]):
    """The values in force on one day: `rules["min_age"]` is the value, `rules.entry("min_age")` says where it comes from."""

    pack: str
    day: date
    entries: dict[str, PackValue]

    def __getitem__(self, name: str) -> Any:
        return self.entry(name).value

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def entry(self, name: str) -> PackValue:
        """The value with its legal basis; raises NotInForce."""
        if name not in self.entries:
            raise NotInForce(f"{self.pack}: no value {name!r} is in force on {self.day}")
        return self.entries[name]

    @property
    def version(self) -> str:
        """A digest of the values in force that day, to be stored beside what was decided by them."""
        return _digest([asdict(self.entries[name]) for name in sorted(self.entries)])


@dataclass(frozen=True)
class Pack:
    """All values of one file through time."""

    name: str
    about: str
    values: tuple[PackValue, ...]

    def at(self, day: date) -> RulesOfDay:
        """The rules of a day (of a moment: its calendar day must be taken first, in the city's time zone)."""
        if isinstance(day, datetime):
            raise TypeError("A pack is asked for a day, not for a moment")
        return RulesOfDay(self.name, day, {value.name: value for value in self.values if value.holds_on(day)})

    def kept(self, launch_day: date, version: str) -> RulesOfDay:
        """The rules a process was launched with; raises PackChanged when someone has edited that day's values since."""
        rules = self.at(launch_day)
        if rules.version != version:
            raise PackChanged(f"{self.name}: the values of {launch_day} are {rules.version}, the process started with {version}")
        return rules

    def to_verify(self) -> tuple[PackValue, ...]:
        """Values not confirmed in a primary source."""
        return tuple(value for value in self.values if not value.is_confirmed)


def _digest(content: Any) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def read_pack(text: str, source: str) -> Pack:
    """A pack from TOML; raises PackError for bad TOML, missing or unknown keys, gaps and overlaps. Fractions are Decimal."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise PackError(f"{source}: no valid TOML: {problem}") from problem
    if unknown := set(content) - {"name", "about", "value"}:
        raise PackError(f"{source}: unknown keys {sorted(unknown)}")
    if not isinstance(content.get("name"), str) or not content.get("value"):
        raise PackError(f"{source}: a pack has a name and at least one [[value]]")
    values = sorted((_value(entry, source) for entry in content["value"]), key=lambda value: (value.name, value.valid_from))
    _refuse_gaps_and_overlaps(values, source)
    return Pack(content["name"], content.get("about", ""), tuple(values))


def _value(entry: dict[str, Any], source: str) -> PackValue:
    where = f"{source}: value {entry.get('name', '?')!r}"
    if missing := [key for key in REQUIRED if key not in entry]:
        raise PackError(f"{where}: missing {', '.join(missing)}")
    if unknown := sorted(set(entry) - {*REQUIRED, *OPTIONAL}):
        raise PackError(f"{where}: unknown {', '.join(unknown)}")
    if entry["certainty"] not in CERTAINTIES:
        raise PackError(f"{where}: certainty is one of {', '.join(CERTAINTIES)}")
    if not str(entry["legal_basis"]).strip():
        raise PackError(f"{where}: the legal basis is empty")
    for key in ("valid_from", "valid_to"):
        if key in entry and type(entry[key]) is not date:
            raise PackError(f"{where}: {key} is a day written as 2026-09-15")
    if entry.get("valid_to") and entry["valid_to"] <= entry["valid_from"]:
        raise PackError(f"{where}: valid_to {entry['valid_to']} is not after valid_from {entry['valid_from']}")
    return PackValue(**entry)


def _refuse_gaps_and_overlaps(values: list[PackValue], source: str) -> None:
    for earlier, later in zip(values, values[1:], strict=False):
        if earlier.name != later.name:
            continue
        where = f"{source}: value {later.name!r} from {later.valid_from}"
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise PackError(f"{where} overlaps the one from {earlier.valid_from}: write valid_to = {later.valid_from} there")
        if earlier.valid_to < later.valid_from:
            raise PackError(f"{where}: nothing holds from {earlier.valid_to}: the periods must touch")


def load_pack(path: Path) -> Pack:
    """A pack from a file."""
    return read_pack(path.read_text(encoding="utf-8"), path.name)


@lru_cache
def packs_of(package: str) -> dict[str, Pack]:
    """All packs/*.toml of a module by their names, read once: `packs_of("ratusz.casework.deadlines")["kpa"]`."""
    folder = files(package) / "packs"
    found: dict[str, Pack] = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else []:
        if path.name.endswith(".toml"):
            pack = read_pack(path.read_text(encoding="utf-8"), path.name)
            if pack.name in found:
                raise PackError(f"{path.name}: another pack of {package} is also called {pack.name!r}")
            found[pack.name] = pack
    return found
