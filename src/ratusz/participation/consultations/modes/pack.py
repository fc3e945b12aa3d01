"""Reads packs/modes/*.toml: one file a mode, one [[version]] a period of its law; refuses what is written wrong.

    code = "revitalisation"            name, about: in words
    key_date = "launch"                the day that chooses the version: "launch", "intent_resolution"
    [[version]]                        id, valid_from, valid_to, basis, certainty, note; like = "plan@2023": that one's parts,
                                       but of a part written here only what is written here
    [[version.length]]                 days, severity (error, warn, advice), counting; likewise [[version.lead]]
    [[version.open]]                   of (forms, or what they count as), days: as long as that one of each is open
    [[version.channel]]                any_of, days before the start (0: by the start day), severity
    [[version.form]]                   at_least, of (codes of forms.toml or what they count as), severity
    [[version.window]]                 of, after, before
    [[version.condition]] data closing late duty opinion

Every part has its basis and certainty.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.participation.consultations.modes.content import (
    COUNTINGS,
    SEVERITIES,
    TREATMENTS,
    AskedBody,
    Closing,
    Condition,
    Duty,
    Ground,
    Late,
    Limit,
    PersonData,
    Rules,
    Version,
    combined,
)

FOLDER = Path(__file__).parents[1] / "packs" / "modes"
KEY_DATES = ("launch", "intent_resolution")
CERTAINTIES = ("confirmed", "verify")
PARTS = ("length", "open", "lead", "channel", "form", "window", "condition", "data", "closing", "late", "duty", "opinion")
FACTS = ("id", "valid_from", "valid_to", "basis", "certainty", "note", "like")


class ModeRefused(ValueError):
    """A pack of a mode is written wrong; the message names file and part."""


class NoSuchMode(LookupError):
    """No mode of this code, or none of its versions is in force on that day."""


class KeyDateMissing(LookupError):
    """A mode is chosen by a day that nobody has given yet; `key_date` names it."""

    def __init__(self, mode: Mode):
        super().__init__(mode.key_date)
        self.mode, self.key_date = mode, mode.key_date


@dataclass(frozen=True)
class ModeVersion:
    """What one mode asks in [valid_from, valid_to)."""

    id: str
    valid_from: date
    valid_to: date | None
    basis: str
    certainty: str
    note: str
    parts: Mapping[str, tuple[Any, ...]]
    digest: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Mode:
    """One mode through time."""

    code: str
    name: str
    about: str
    key_date: str
    versions: tuple[ModeVersion, ...]

    def rules_on(self, day: date) -> Rules:
        """What it asks when that day chooses the version; raises NoSuchMode."""
        for version in self.versions:
            if version.holds_on(day):
                return _rules(self, version, day)
        raise NoSuchMode(f"{self.code}: no version is in force on {day}")


def rules_for(codes: Iterable[str], launch_day: date, key_dates: Mapping[str, date] | None = None) -> Rules:
    """What the modes ask together of a consultation that starts on that day.

    `key_dates` gives the days that choose versions of some modes. Raises NoSuchMode, KeyDateMissing.
    """
    known = {**(key_dates or {}), "launch": launch_day}
    found = []
    for code in codes:
        mode = mode_of(code)
        if mode.key_date not in known:
            raise KeyDateMissing(mode)
        found.append(mode.rules_on(known[mode.key_date]))
    return combined(found)


def mode_of(code: str) -> Mode:
    """The mode of that code; raises NoSuchMode."""
    if code not in all_modes():
        raise NoSuchMode(f"There is no mode {code!r}")
    return all_modes()[code]


@lru_cache
def all_modes() -> dict[str, Mode]:
    """Every mode by its code, the general one first, then by name; raises ModeRefused."""
    return read_modes((path.read_text(encoding="utf-8"), path.name) for path in sorted(FOLDER.glob("*.toml")))


def read_modes(sources: Iterable[tuple[str, str]]) -> dict[str, Mode]:
    """Modes from texts with their names; raises ModeRefused."""
    raw = [_read(text, name) for text, name in sources]
    whole = {f"{each['code']}@{version['id']}": version for each in raw for version in each["version"]}
    modes = [_mode(each, whole) for each in raw]
    return {mode.code: mode for mode in sorted(modes, key=lambda mode: (mode.code != "art5a", mode.name))}


def _read(text: str, source: str) -> dict[str, Any]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ModeRefused(f"{source}: no valid TOML: {problem}") from problem
    if missing := [name for name in ("code", "name", "key_date", "version") if not content.get(name)]:
        raise ModeRefused(f"{source}: missing {', '.join(missing)}")
    if content["key_date"] not in KEY_DATES:
        raise ModeRefused(f"{source}: key_date is one of {', '.join(KEY_DATES)}")
    return content


def _mode(content: dict[str, Any], whole: Mapping[str, dict[str, Any]]) -> Mode:
    versions = sorted((_version(each, content["code"], whole) for each in content["version"]), key=lambda each: each.valid_from)
    for earlier, later in zip(versions, versions[1:], strict=False):
        if earlier.valid_to != later.valid_from:
            raise ModeRefused(f"{content['code']}: {earlier.id} has to end where {later.id} begins")
    return Mode(content["code"], content["name"], content.get("about", ""), content["key_date"], tuple(versions))


def _version(content: dict[str, Any], code: str, whole: Mapping[str, dict[str, Any]]) -> ModeVersion:
    where = f"{code}@{content.get('id', '?')}"
    if missing := [name for name in ("id", "valid_from", "basis", "certainty") if not content.get(name)]:
        raise ModeRefused(f"{where}: missing {', '.join(missing)}")
    if unknown := sorted(set(content) - {*FACTS, *PARTS}):
        raise ModeRefused(f"{where}: unknown {', '.join(unknown)}")
    written = _written(content, whole, where)
    try:
        parts = {name: tuple(_part(name, each, code) for each in written.get(name, ())) for name in PARTS}
    except (KeyError, TypeError, ValueError) as problem:
        raise ModeRefused(f"{where}: {problem!r}") from problem
    digest = hashlib.sha256(repr((content["basis"], sorted(parts.items()))).encode()).hexdigest()[:16]
    facts = (content["id"], content["valid_from"], content.get("valid_to"), content["basis"], content["certainty"])
    return ModeVersion(*facts, content.get("note", ""), parts, digest)


def _written(content: dict[str, Any], whole: Mapping[str, dict[str, Any]], where: str) -> dict[str, Any]:
    """The parts with those it takes over from another version; what is written here stands instead of the other's."""
    if not (name := content.get("like")):
        return content
    if name not in whole or whole[name].get("like"):
        raise ModeRefused(f"{where}: like = {name!r} names no version that stands on its own")
    return {part: whole[name][part] for part in PARTS if part in whole[name]} | {
        part: content[part] for part in PARTS if part in content
    }


def _part(name: str, content: dict[str, Any], code: str) -> Any:
    facts = dict(content)
    basis, certainty = facts.pop("basis"), facts.pop("certainty")
    if certainty not in CERTAINTIES or not basis.strip():
        raise ValueError(f"{name}: certainty is one of {', '.join(CERTAINTIES)}, the basis is not empty")
    made = MAKERS[name](facts, (Ground(code, basis, certainty),))
    if facts:
        raise ValueError(f"{name}: unknown {', '.join(facts)}")
    return made


def _limits(kind: str, facts: dict[str, Any], of: tuple[str, ...], number: int, grounds: tuple[Ground, ...]) -> Limit:
    severity, counting = facts.pop("severity", "error"), facts.pop("counting", "both")
    if severity not in SEVERITIES or counting not in COUNTINGS:
        raise ValueError(f"{kind}: severity is one of {', '.join(SEVERITIES)}, counting of {', '.join(COUNTINGS)}")
    if type(number) is not int or not 0 <= number <= 365:
        raise ValueError(f"{kind}: a number of days or forms from 0 to 365")
    return Limit(kind, tuple(sorted(of)), severity, counting, number, grounds)


def _window(facts: dict[str, Any], grounds: tuple[Ground, ...]) -> tuple[Limit, ...]:
    """A limit for each form and side, so that windows of several modes meet in what all of them leave open."""
    of, sides = facts.pop("of"), {side: facts.pop(side) for side in ("after", "before")}
    return tuple(_limits(side, {}, (form,), number, grounds) for form in of for side, number in sides.items())


def _open(facts: dict[str, Any], grounds: tuple[Ground, ...]) -> tuple[Limit, ...]:
    """A limit for each form, so that several modes meet in the longest time for it."""
    of, days = facts.pop("of"), facts.pop("days")
    more = {name: facts.pop(name) for name in ("severity", "counting") if name in facts}
    return tuple(_limits("open", dict(more), (form,), days, grounds) for form in of)


def _late(facts: dict[str, Any], grounds: tuple[Ground, ...]) -> Late:
    if facts["treatment"] not in TREATMENTS:
        raise ValueError(f"late: treatment is one of {', '.join(TREATMENTS)}")
    return Late(facts.pop("treatment"), grounds)


MAKERS: dict[str, Any] = {
    "length": lambda facts, grounds: _limits("length", facts, (), facts.pop("days"), grounds),
    "lead": lambda facts, grounds: _limits("lead", facts, (), facts.pop("days"), grounds),
    "channel": lambda facts, grounds: _limits("channel", facts, tuple(facts.pop("any_of")), facts.pop("days", 0), grounds),
    "form": lambda facts, grounds: _limits("form", facts, tuple(facts.pop("of")), facts.pop("at_least"), grounds),
    "window": _window,
    "open": _open,
    "condition": lambda facts, grounds: Condition(facts.pop("code"), tuple(sorted(facts.pop("of"))), grounds),
    "data": lambda facts, grounds: PersonData(facts.pop("form"), tuple(sorted(facts.pop("fields"))), grounds),
    "closing": lambda facts, grounds: Closing(
        facts.pop("code"), facts.pop("name"), facts.pop("clock", ""), facts.pop("days", 0), grounds
    ),
    "late": _late,
    "duty": lambda facts, grounds: Duty(facts.pop("code"), facts.pop("words"), grounds),
    "opinion": lambda facts, grounds: AskedBody(facts.pop("body"), facts.pop("days"), grounds),
}


def _rules(mode: Mode, version: ModeVersion, day: date) -> Rules:
    parts = version.parts
    limits = [
        *parts["length"],
        *parts["lead"],
        *parts["channel"],
        *parts["form"],
        *(each for one in (*parts["window"], *parts["open"]) for each in one),
    ]
    chosen = Version(mode.code, mode.name, version.id, version.basis, mode.key_date, f"{day}", version.digest, version.note)
    # Through the combination once, so that two demands of one mode on the same thing meet as those of two modes do.
    return combined(
        replace(Rules(), **{name: (each,)})
        for name, found in (
            ("versions", [chosen]), ("limits", limits), ("data", parts["data"]), ("conditions", parts["condition"]),
            ("closings", parts["closing"]), ("duties", parts["duty"]), ("opinions", parts["opinion"]), ("late", parts["late"]),
        )
        for each in found
    )  # fmt: skip
