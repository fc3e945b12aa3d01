"""The settings and the catalogue of reasons as dated packs: what held on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, PackValue, load_pack

PACKS = Path(__file__).parent / "packs"
REPEATED, NOT_ENTITLED, OTHER = "repeated", "not_entitled", "other"
FOUND_BY_RATUSZ = (REPEATED, NOT_ENTITLED)
"""Reasons that the comparison or the thing's own rule finds; nobody types them."""


@dataclass(frozen=True)
class Reason:
    """Why a signature does not count."""

    code: str
    name: str
    statement: str
    basis: str
    is_confirmed: bool


@lru_cache
def _pack(name: str) -> Pack:
    return load_pack(PACKS / f"{name}.toml")


def reasons_on(day: date) -> dict[str, Reason]:
    """The catalogue in force on that day, by code, in its order."""
    entries = sorted(_pack("reasons").at(day).entries.values(), key=lambda entry: entry.value["order"])
    return {each.name: _reason(each) for each in entries}


def _reason(entry: PackValue) -> Reason:
    words = entry.value
    return Reason(entry.name, words["name"], words["statement"], entry.legal_basis, entry.is_confirmed)


def reason_name(code: str, at: datetime) -> str:
    """The name of a reason on the day it was given; the bare code when no catalogue knows it any more."""
    found = reasons_on(local_day(at)).get(code)
    return found.name if found else code


def term(name: str, at: datetime) -> Any:
    """A setting in force at that moment."""
    return _pack("terms").at(local_day(at))[name]


def guardian_below(thing: Any, at: datetime) -> int:
    """Below which age a guardian signs: as the thing says, otherwise the setting of the pack."""
    return term("guardian_below_age", at) if thing is None or thing.guardian_below is None else thing.guardian_below


def setting(name: str, at: datetime) -> PackValue:
    """A setting with its legal basis and how sure we are."""
    return _pack("terms").at(local_day(at)).entry(name)
