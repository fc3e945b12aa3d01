"""Kinds of meetings as dated data: who comes, how to register, what the minutes are, what is published and how long data stay."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

PACK = Path(__file__).parent / "packs" / "kinds.toml"
REGISTRATIONS = ("open", "invitation", "accreditation", "slot", "closed")
FIELDS = ("persons", "needs", "question", "district", "newsroom")
CONSENTS = ("image", "news")
TEMPLATES = ("full", "short", "programme", "note", "internal")
PUBLICATIONS = ("yes", "choice", "no")
WRITTEN = ("line", "text", "number")
TIMES = ("before", "after")
CERTAINTIES = ("firm", "policy", "verify")


class KindRefused(ValueError):
    """A kind is written wrong; the message names it and what to mend."""


class NoSuchKind(LookupError):
    """No kind of this code is in force on that day."""


@dataclass(frozen=True)
class Keep:
    """How many days data stay.

    After the meeting: registrations, needs, people who waited in vain, words of speakers and questions. After its outcome: who
    filed a request; the case itself lives in the document system.
    """

    registrations: int
    needs: int
    waiting: int
    words: int = 30
    requests: int = 365


@dataclass(frozen=True)
class MinutesRule:
    """The template of the minutes, whether they are published, within how many days, how many days remarks are taken."""

    template: str
    publication: str
    days: int
    corrections: int = 14


@dataclass(frozen=True)
class Ask:
    """One thing to know of a meeting: `when` it is written, whether the meeting waits for it, whether everybody reads it."""

    code: str
    label: str
    write: str
    when: str
    is_needed: bool
    is_public: bool


@dataclass(frozen=True)
class MeetingKind:
    """One kind for one period [valid_from, valid_to)."""

    code: str
    name: str
    registration: str
    is_public: bool
    minutes: MinutesRule
    keep: Keep
    plan_class: str
    basis: str
    certainty: str
    valid_from: date
    fields: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Names in `registries.agenda_sources` that fill the agenda of a new meeting."""
    has_request_desk: bool = False
    per_group: int = 0
    """The most persons of one group (newsroom); 0: no such limit."""
    capacity: int | None = None
    minutes_per_speaker: int = 3
    interpreter_days: int = 5
    """Working days before the meeting until which a sign-language interpreter can be ordered."""
    asks: tuple[Ask, ...] = ()
    closes_day_before: bool = False
    """The list is open until the end of the day before, whichever way somebody registers: a speaker of a public hearing."""
    task: str = ""
    """A task at the meeting that somebody must have before it is announced."""
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def content(self) -> dict[str, Any]:
        """The whole kind as JSON can hold it; a meeting keeps it from the day it was announced."""
        return json.loads(json.dumps(asdict(self), default=str))


def kind_from(content: dict[str, Any]) -> MeetingKind:
    """The kind as a meeting kept it, or as the pack writes it; raises KindRefused."""
    known = {each.name for each in fields(MeetingKind)}
    code = content.get("code", "?")
    if unknown := set(content) - known:
        raise KindRefused(f"{code}: unknown {sorted(unknown)}")
    facts = dict(content)
    for name in ("valid_from", "valid_to"):
        if isinstance(facts.get(name), str):
            facts[name] = date.fromisoformat(facts[name])
    for name in ("fields", "consents", "groups", "sources"):
        facts[name] = tuple(facts.get(name, ()))
    try:
        facts["asks"] = tuple(Ask(**each) for each in facts.get("asks", ()))
        kind = MeetingKind(**{**facts, "minutes": MinutesRule(**facts["minutes"]), "keep": Keep(**facts["keep"])})
    except (KeyError, TypeError) as problem:
        raise KindRefused(f"{code}: {problem}") from problem
    _check(kind)
    return kind


def _check(kind: MeetingKind) -> None:
    wrong = {
        "registration": kind.registration not in REGISTRATIONS, "fields": not set(kind.fields) <= set(FIELDS),
        "consents": not set(kind.consents) <= set(CONSENTS), "minutes.template": kind.minutes.template not in TEMPLATES,
        "minutes.publication": kind.minutes.publication not in PUBLICATIONS, "certainty": kind.certainty not in CERTAINTIES,
        "asks": any(ask.write not in WRITTEN or ask.when not in TIMES or not ask.label.strip() for ask in kind.asks)
        or len({ask.code for ask in kind.asks}) < len(kind.asks),
        "valid_to": kind.valid_to is not None and kind.valid_to <= kind.valid_from, "basis": not kind.basis.strip(),
    }  # fmt: skip
    if names := [name for name, is_wrong in wrong.items() if is_wrong]:
        raise KindRefused(f"{kind.code}: wrong {', '.join(names)}")


@lru_cache
def all_kinds() -> tuple[MeetingKind, ...]:
    """Every kind of all times, as the pack writes them; raises KindRefused for one that overlaps another of its code."""
    kinds = tuple(kind_from(each) for each in tomllib.loads(PACK.read_text(encoding="utf-8"))["kind"])
    by_start = sorted(kinds, key=lambda kind: (kind.code, kind.valid_from))
    for earlier, later in zip(by_start, by_start[1:], strict=False):
        if earlier.code == later.code and (earlier.valid_to is None or earlier.valid_to > later.valid_from):
            raise KindRefused(f"{later.code}: the period from {later.valid_from} overlaps the one from {earlier.valid_from}")
    return kinds


def kinds_on(day: date) -> list[MeetingKind]:
    """The kinds in force that day, in the order of the pack."""
    return [kind for kind in all_kinds() if kind.holds_on(day)]


def kind_on(code: str, day: date) -> MeetingKind:
    """The kind in force that day; raises NoSuchKind."""
    for kind in kinds_on(day):
        if kind.code == code:
            return kind
    raise NoSuchKind(f"No kind {code!r} of meetings is in force on {day}")
