"""Rules of clocks as dated data: reads the packs, refuses what is written wrong, gives the rule in force on a day."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.casework.deadlines.registries import clock_packs

UNITS = ("hour", "cal_day", "work_day", "month", "year")
GIVEN = ("issue", "session", "date")
"""Units whose end somebody says: the day of the next issue, of the next session, a date."""
BY_DAYS = ("cal_day", "work_day", "month", "year")
CERTAINTIES = ("firm", "policy", "verify", "disputed")
REQUIRED = ("code", "name", "start", "unit", "stops", "basis", "certainty", "valid_from")


class RuleRefused(ValueError):
    """A rule is written wrong; the message names file, rule and what to mend."""


class NoSuchRule(LookupError):
    """No registered pack has this rule in force on that day."""


@dataclass(frozen=True)
class Length:
    """So many units: "14 cal_day"."""

    number: int
    unit: str

    @classmethod
    def read(cls, text: str) -> Length:
        """From "3 cal_day"; raises ValueError."""
        number, _space, unit = str(text).strip().partition(" ")
        if unit not in UNITS or not number.isdecimal() or int(number) > 3650:
            raise ValueError(f"{text!r} is no length such as '3 cal_day'; units: {', '.join(UNITS)}")
        return cls(int(number), unit)


@dataclass(frozen=True)
class Extension:
    """How far a clock may be extended, once: a length counted from the start, or from the term it had."""

    length: Length
    counted_from: str = "start"


@dataclass(frozen=True)
class Rule:
    """One kind of clock for one period [valid_from, valid_to)."""

    code: str
    name: str
    start: str
    """The event that starts it, in words."""
    unit: str
    stops: tuple[str, ...]
    basis: str
    certainty: str
    valid_from: date
    length: int = 0
    valid_to: date | None = None
    roll: bool = False
    """Whether a term that ends on a Saturday or a holiday moves to the next working day."""
    pause: bool = False
    extension: Extension | None = None
    at_most: Length | None = None
    """For a term somebody says: it ends no later than this after the start."""
    warn: tuple[Length, ...] = ()
    by_hand: bool = True
    """Whether staff pause and extend it on the board; False where the module's own screen has somebody to tell."""
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def content(self) -> dict[str, Any]:
        """The whole rule as JSON can hold it; kept by every clock it started."""
        return json.loads(json.dumps(asdict(self), default=str))

    @property
    def version(self) -> str:
        """A digest of the content."""
        return hashlib.sha256(json.dumps(self.content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def rule_from(content: dict[str, Any]) -> Rule:
    """The rule as a clock kept it."""
    facts = {field.name: content[field.name] for field in fields(Rule) if field.name in content}
    facts |= {name: facts[name] and date.fromisoformat(facts[name]) for name in ("valid_from", "valid_to")}
    facts |= {"stops": tuple(facts["stops"]), "warn": tuple(Length(**each) for each in facts["warn"])}
    if facts["at_most"]:
        facts["at_most"] = Length(**facts["at_most"])
    if facts["extension"]:
        kept = facts["extension"]
        facts["extension"] = Extension(Length(**kept["length"]), kept["counted_from"])
    return Rule(**facts)


def rule_of(code: str, day: date) -> Rule:
    """The rule in force on that day; raises NoSuchRule."""
    for rule in all_rules():
        if rule.code == code and rule.holds_on(day):
            return rule
    raise NoSuchRule(f"No pack has a rule {code!r} in force on {day}")


def all_rules() -> tuple[Rule, ...]:
    """Every rule of every registered pack, of all times."""
    return _rules(tuple(clock_packs))


@lru_cache(maxsize=32)
def _rules(paths: tuple[Path, ...]) -> tuple[Rule, ...]:
    rules = [rule for path in paths for rule in read_rules(path.read_text(encoding="utf-8"), path.name)]
    refuse_overlaps(rules)
    return tuple(rules)


def read_rules(text: str, source: str) -> list[Rule]:
    """The rules of one file; raises RuleRefused."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise RuleRefused(f"{source}: no valid TOML: {problem}") from problem
    return [_rule(entry, source) for entry in content.get("rule", [])]


def _rule(entry: dict[str, Any], source: str) -> Rule:
    where = f"{source}: rule {entry.get('code', '?')!r}"
    if missing := [name for name in REQUIRED if not entry.get(name)]:
        raise RuleRefused(f"{where}: missing {', '.join(missing)}")
    if unknown := sorted(set(entry) - {field.name for field in fields(Rule)}):
        raise RuleRefused(f"{where}: unknown {', '.join(unknown)}")
    try:
        rule = Rule(**entry | _parts(entry))
    except (ValueError, TypeError, KeyError) as problem:
        raise RuleRefused(f"{where}: {problem}") from problem
    if refusal := _refusal(rule):
        raise RuleRefused(f"{where}: {refusal}")
    return rule


def _parts(entry: dict[str, Any]) -> dict[str, Any]:
    parts: dict[str, Any] = {"stops": tuple(entry["stops"]), "warn": tuple(Length.read(text) for text in entry.get("warn", ()))}
    if limit := entry.get("at_most"):
        parts["at_most"] = Length.read(limit)
    if kept := entry.get("extension"):
        if unknown := set(kept) - {"length", "unit", "from"}:
            raise ValueError(f"extension knows length, unit and from, not {', '.join(sorted(unknown))}")
        parts["extension"] = Extension(Length.read(f"{kept['length']} {kept['unit']}"), kept.get("from", "start"))
    return parts


def _refusal(rule: Rule) -> str:
    """What is wrong with values that each look right; "" when nothing is."""
    if rule.unit not in (*UNITS, *GIVEN):
        return f"unit is one of {', '.join((*UNITS, *GIVEN))}"
    if rule.certainty not in CERTAINTIES:
        return f"certainty is one of {', '.join(CERTAINTIES)}"
    if rule.unit in UNITS and not (type(rule.length) is int and 0 < rule.length <= 3650):
        return "length is a whole number above 0"
    if rule.roll and rule.unit not in BY_DAYS:
        return f"only terms in {', '.join(BY_DAYS)} roll"
    if rule.at_most and rule.unit not in GIVEN:
        return f"only terms by {', '.join(GIVEN)} have at_most"
    if rule.extension and rule.extension.counted_from not in ("start", "due"):
        return "an extension counts from start or due"
    if any(type(day) is not date for day in (rule.valid_from, rule.valid_to) if day is not None):
        return "valid_from and valid_to are days written as 2026-09-15"
    if rule.valid_to and rule.valid_to <= rule.valid_from:
        return "valid_to is not after valid_from"
    return ""


def refuse_overlaps(rules: Iterable[Rule]) -> None:
    """Raises RuleRefused when one code has two rules on one day, in one pack or in two."""
    ordered = sorted(rules, key=lambda rule: (rule.code, rule.valid_from))
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if earlier.code == later.code and (earlier.valid_to is None or earlier.valid_to > later.valid_from):
            raise RuleRefused(f"Rule {later.code!r} from {later.valid_from} overlaps the one from {earlier.valid_from}")
