"""Forms, channels, bodies and settings of consultations as dated packs: what held on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.packs import Pack, load_pack

PACKS = Path(__file__).parents[1] / "packs"


@lru_cache
def _pack(name: str) -> Pack:
    return load_pack(PACKS / f"{name}.toml")


@dataclass(frozen=True)
class KnownForm:
    """A form of consultation: its name, what else it counts as, whether it needs no internet, its kind of meeting or "".

    `about` says to a resident in one sentence what it is.
    """

    code: str
    name: str
    satisfies: tuple[str, ...]
    is_offline: bool
    meeting: str
    about: str = ""

    @property
    def counts_as(self) -> tuple[str, ...]:
        return (self.code, *self.satisfies)


@dataclass(frozen=True)
class KnownChannel:
    """A way of making a consultation known; `hint` says what proves it."""

    code: str
    name: str
    is_offline: bool
    hint: str


@lru_cache(maxsize=64)
def _in_order(name: str, day: date) -> dict[str, dict[str, Any]]:
    entries = sorted(_pack(name).at(day).entries.values(), key=lambda entry: entry.value["order"])
    return {each.name: each.value for each in entries}


def forms_on(day: date) -> dict[str, KnownForm]:
    """Every form by its code, in the order of the pack."""
    return {
        code: KnownForm(code, value["name"], tuple(value["satisfies"]), value["is_offline"], value["meeting"], value["about"])
        for code, value in _in_order("forms", day).items()
    }


@dataclass(frozen=True)
class FormAsk:
    """One thing to know of a form: `write` line, text or number; `when` before or after it; whether everybody reads it."""

    code: str
    label: str
    write: str
    when: str
    is_public: bool


def asks_of(kind: str, day: date, *when: str) -> list[FormAsk]:
    """What a kind of form asks on that day, in the order of the pack; [] for one that asks nothing more."""
    known = _pack("form_asks").at(day).entries
    asked = [FormAsk(**each) for each in known[kind].value] if kind in known else []
    return [each for each in asked if each.when in when] if when else asked


def channels_on(day: date) -> dict[str, KnownChannel]:
    """Every channel of notices by its code, in the order of the pack."""
    return {
        code: KnownChannel(code, value["name"], value["is_offline"], value["hint"])
        for code, value in _in_order("channels", day).items()
    }


def bodies_on(day: date) -> dict[str, dict[str, Any]]:
    """Bodies that are asked for opinions: code -> name and days."""
    return _in_order("bodies", day)


def setting(name: str, day: date) -> Any:
    """A setting of the department on a day."""
    return _pack("terms").at(day)[name]


def winter_breaks(day: date) -> list[tuple[date, date]]:
    """First and last days of winter breaks of schools that the pack knows."""
    return [(value["first"], value["last"]) for value in _pack("school_breaks").at(day).values()]


NAMES = {
    "meeting": "spotkanie", "paper": "formularz papierowy", "debate": "debata", "name": "imię i nazwisko", "address": "adres",
    "email": "e-mail", "owner": "czy jest właścicielem lub użytkownikiem wieczystym", "organisation": "nazwa organizacji",
    "register_number": "numer w rejestrze", "representative": "kto reprezentuje", "district": "dzielnica",
    "plots": "numery działek",
}  # fmt: skip
"""Words of packs that are no form of their own: what several forms count as, and data of participants."""


def form_name(code: str, day: date) -> str:
    """The name of a form, or of what several of them count as."""
    known = forms_on(day)
    return known[code].name if code in known else NAMES.get(code, code)


def channel_name(code: str, day: date) -> str:
    """The name of a channel; the bare code when no list knows it any more."""
    known = channels_on(day)
    return known[code].name if code in known else code
