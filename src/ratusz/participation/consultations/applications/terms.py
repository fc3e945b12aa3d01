"""What the packs say of applications on a day: who may apply, how many supporters, which forms may be proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, PackValue, load_pack

PACKS = Path(__file__).parents[1] / "packs"
RESIDENTS = "residents"


@dataclass(frozen=True)
class Initiator:
    """Who may apply."""

    code: str
    name: str
    needs_supporters: bool
    asks_organisation: bool
    basis: str
    is_confirmed: bool


@lru_cache
def _pack(name: str) -> Pack:
    return load_pack(PACKS / f"{name}.toml")


def term(name: str, at: datetime) -> Any:
    """A setting in force at that moment."""
    return entry(name, at).value


def entry(name: str, at: datetime) -> PackValue:
    """A setting with its legal basis and how sure we are."""
    return _pack("applications").at(local_day(at)).entry(name)


def initiators(at: datetime) -> dict[str, Initiator]:
    """Who may apply at that moment, by code, in the order of the list."""
    entries = _pack("applications").at(local_day(at)).entries.values()
    found = sorted((each for each in entries if each.unit == "initiator"), key=lambda each: each.value["order"])
    return {made.code: made for made in map(_initiator, found)}


def _initiator(found: PackValue) -> Initiator:
    facts = {name: found.value[name] for name in ("needs_supporters", "asks_organisation")}
    code, name = found.name.removeprefix("initiator."), _name(found)
    return Initiator(code, name, basis=found.legal_basis, is_confirmed=found.is_confirmed, **facts)


def _name(found: PackValue) -> str:
    """In the language of the page where the pack knows it, else in Polish."""
    return found.value.get(f"name_{get_language()}") or found.value["name"]


def initiator_name(code: str, at: datetime) -> str:
    """Its name; the bare code when no list knows it any more."""
    found = initiators(at).get(code)
    return found.name if found else code


def supporters_needed(initiator: str, at: datetime) -> int:
    """How many supporters an application of that initiator needs; 0 for those who need none."""
    found = initiators(at).get(initiator)
    return term("supporters_needed", at) if found is None or found.needs_supporters else 0


def form_names(at: datetime) -> dict[str, str]:
    """Forms of consultations by code, in the order of their list."""
    entries = _pack("forms").at(local_day(at)).entries.values()
    return {each.name: _name(each) for each in sorted(entries, key=lambda each: each.value["order"])}
