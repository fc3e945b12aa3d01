"""Rules to plain data (TOML, JSON) and back; unknown keys are errors, so a misspelt parameter never passes for a default."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ratusz.participation.budget.engine.rules import (
    BallotRule,
    CostLimits,
    EditionRules,
    EqualShares,
    Leftover,
    Level,
    Rounding,
    Rules,
    RulesError,
    Threshold,
    WinnersCap,
)

PARTS = {
    "ballot": BallotRule,
    "threshold": Threshold,
    "cost": CostLimits,
    "rounding": Rounding,
    "mes": EqualShares,
    "rules": Rules,
}
LISTS = {"winners_caps": WinnersCap, "leftover": Leftover, "levels": Level}
WHOLE = {"min", "max", "points", "points_per_project", "most", "access_most", "unit", "floor", "cap", "guarantee"}
EXACT = {"value", "topup", "floor_percent", "cap_percent", "percent"}


def to_plain(part: Any, whole: bool = False) -> dict[str, Any]:
    """A dataclass of rules as plain data, without its defaults unless `whole`. Fractions become integers or "3/7" texts."""
    plain = {}
    for item in fields(part):
        value = getattr(part, item.name)
        if whole or value != _default(item):
            plain[item.name] = _plain(value, whole)
    return plain


def _default(item) -> Any:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else MISSING


def _plain(value: Any, whole: bool) -> Any:
    if is_dataclass(value):
        return to_plain(value, whole)
    if isinstance(value, tuple):
        return [_plain(part, whole) for part in value]
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    return value


def rules_from(plain: dict[str, Any]) -> Rules:
    """Rules of one contest from plain data. Raises RulesError with the name of the parameter that is wrong."""
    return _build(Rules, plain, "rules")


def edition_rules_from(plain: dict[str, Any]) -> EditionRules:
    """Rules of an edition from plain data. Raises RulesError."""
    return _build(EditionRules, plain, "edition")


def _build(kind: type, plain: dict[str, Any], where: str) -> Any:
    known = {item.name for item in fields(kind)}
    unknown = sorted(set(plain) - known)
    if unknown:
        raise RulesError(f"{where}: unknown parameter {', '.join(unknown)}", unknown[0], "", tuple(sorted(known)))
    try:
        return kind(**{name: _value(name, value, where) for name, value in plain.items()})
    except TypeError as error:
        raise RulesError(f"{where}: {error}", where) from error


def _value(name: str, value: Any, where: str) -> Any:
    if value is None:
        return None
    if name in PARTS:
        return _build(PARTS[name], value, f"{where}.{name}")
    if name in LISTS:
        return tuple(_build(LISTS[name], part, f"{where}.{name}") for part in value)
    if name in EXACT:
        return exact(value)
    if name in WHOLE and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise RulesError(f"{where}.{name}: {value!r} is not a whole number from 0", name, str(value))
    if name == "split":
        return tuple(exact(part) for part in value)
    if isinstance(value, list):
        return tuple(value)
    return value


def exact(value: Any) -> Fraction:
    """An exact number from 60, "3/7", "0.5" or 0.5 (a float by its decimal writing)."""
    try:
        return Fraction(Decimal(str(value)) if isinstance(value, float) else value)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise RulesError(f"{value!r} is not a number", "", str(value)) from error
