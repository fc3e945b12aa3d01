"""Reasons of rejecting, schemas of forms and settings as dated packs: what held on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, load_pack

PACKS = Path(__file__).parent / "packs"
REPEATED, LATE = "N02", "N08"


@dataclass(frozen=True)
class Asked:
    """One field of a schema besides the remark: its name, and whether one must fill it in."""

    name: str
    is_needed: bool


@dataclass(frozen=True)
class Schema:
    """A form to fill in, as data: its name, the act it comes from, its fields in order."""

    code: str
    name: str
    basis: str
    fields: tuple[Asked, ...]

    def needs(self) -> list[str]:
        """Names of the fields without which an intake is not complete."""
        return [each.name for each in self.fields if each.is_needed]


@lru_cache
def _pack(name: str) -> Pack:
    return load_pack(PACKS / f"{name}.toml")


def term(name: str, at: datetime) -> Any:
    """A setting in force at that moment."""
    return _pack("terms").at(local_day(at))[name]


def reasons_on(day: date) -> dict[str, str]:
    """Code and words of every reason to reject in force on that day, in the order of the codes."""
    return {code: str(value) for code, value in sorted(_pack("reasons").at(day).items())}


def reason_name(code: str, at: datetime) -> str:
    """The words of a code on the day it was used; the bare code when no list knows it any more."""
    return reasons_on(local_day(at)).get(code, code)


def schemas_on(day: date) -> dict[str, Schema]:
    """Every schema in force on that day."""
    found = {}
    for code, entry in _pack("schemas").at(day).entries.items():
        fields = tuple(Asked(each["name"], each.get("is_needed", False)) for each in entry.value["fields"])
        found[code] = Schema(code, entry.value["name"], entry.legal_basis, fields)
    return found


def schema_for(code: str, modes: Iterable[str], at: datetime) -> Schema:
    """The schema with that code, or the one that the first mode with a form of its own asks for, or the simple one."""
    known, by_mode = schemas_on(local_day(at)), term("schemas_of_modes", at)
    wanted = code or next((by_mode[mode] for mode in modes if mode in by_mode), "simple")
    return known.get(wanted, known["simple"])


def late_ones_are_considered(consultation: Any, at: datetime) -> bool:
    """Whether the city takes positions on late remarks: not where the law leaves them unconsidered (art. 41 uooś).

    By the rules the consultation was launched with; by the list of modes where those say nothing of late ones.
    """
    frozen = (consultation.rules or {}).get("late") or []
    if frozen:
        return all(each.get("treatment") != "left_unconsidered" for each in frozen)
    return not set(consultation.modes or []) & set(term("late_unconsidered_modes", at))
