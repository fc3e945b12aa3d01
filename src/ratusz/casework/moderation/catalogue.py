"""The catalogue of reasons and the terms of moderation as dated data: what held on a day, in the order of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, PackValue, load_pack
from ratusz.foundation.kit.working_days import end_of_day, term_in_months

PACKS = Path(__file__).parent / "packs"
OTHER = "other"


@dataclass(frozen=True)
class Reason:
    """One entry of the catalogue as it stands on a day."""

    code: str
    name: str
    rule: str
    """The rule, quoted to the author."""
    example: str
    statement: str
    """The sentence of the statement that says what is wrong."""
    basis: str
    is_confirmed: bool
    is_urgent: bool
    """Whoever flags a thing for it asks for a decision at once."""


@lru_cache
def _pack(name: str) -> Pack:
    return load_pack(PACKS / f"{name}.toml")


def reasons_on(day: date) -> dict[str, Reason]:
    """The catalogue in force on that day, by code."""
    entries = sorted(_pack("reasons").at(day).entries.values(), key=lambda entry: entry.value["order"])
    return {each.name: _reason(each) for each in entries}


def _reason(entry: PackValue) -> Reason:
    words = entry.value
    return Reason(
        code=entry.name, name=words["name"], rule=words["rule"], example=words["example"], statement=words["statement"],
        basis=entry.legal_basis, is_confirmed=entry.is_confirmed, is_urgent=words.get("is_urgent", False),
    )  # fmt: skip


def reason_name(code: str, at: datetime) -> str:
    """The name of a reason on the day it was given; the bare code when no catalogue knows it any more."""
    found = reasons_on(local_day(at)).get(code)
    return found.name if found else code


def reason_names() -> list[tuple[str, str]]:
    """Every reason there ever was, once, for filters."""
    return list({each.name: each.value["name"] for each in _pack("reasons").values}.items())


def term(name: str, at: datetime) -> Any:
    """A window or an hour in force at that moment."""
    return _pack("terms").at(local_day(at))[name]


def office_hours(day: date) -> tuple[time, time]:
    """From when to when the Office works on a working day."""
    values = _pack("terms").at(day)
    return time.fromisoformat(values["office_opens"]), time.fromisoformat(values["office_closes"])


def appeal_until(at: datetime) -> datetime:
    """The moment from which a judgement made at `at` can no longer be appealed: the end of the last day of the window."""
    return end_of_day(term_in_months(local_day(at), term("appeal_months", at), moves_off_holidays=False))


def kept_days(day: date = date.max) -> int:
    """How long the words of what was judged are kept by the rules of that day; without one by the newest."""
    return _pack("terms").at(day)["kept_days"]
