"""The ladder as dated data: which reminder goes when and to whom, and the few numbers of the process."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

PACK = Path(__file__).parent / "packs" / "ladder.toml"
WHEN = ("taken", "due", "reported")
RECIPIENTS = ("head", "person", "helpers", "office")


class LadderRefused(ValueError):
    """The pack is written wrong; the message names the step and what to mend."""


@dataclass(frozen=True)
class Step:
    """One step for the period [valid_from, valid_to)."""

    code: str
    name: str
    when: str
    days: int
    to: tuple[str, ...]
    valid_from: date
    working: bool = False
    only_if_taken_days: int = 0
    is_public: bool = False
    """The day is missed for everybody: the card and the followers say so."""
    valid_to: date | None = None

    @property
    def is_reminder(self) -> bool:
        """Goes before the due day, so a free day moves it back."""
        return self.when == "due" and self.days < 0

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Ladder:
    """The whole pack."""

    steps: tuple[Step, ...]
    posts: Mapping[str, str]
    numbers: Mapping[str, int]

    def steps_on(self, day: date) -> list[Step]:
        """The steps in force that day, in the order of the pack."""
        return [step for step in self.steps if step.holds_on(day)]


def read_ladder(text: str) -> Ladder:
    """Raises LadderRefused."""
    content = tomllib.loads(text)
    posts = content.get("posts", {})
    steps = tuple(_step(each, posts) for each in content["step"])
    known: set[tuple[str, date]] = set()
    for step in steps:
        if (step.code, step.valid_from) in known:
            raise LadderRefused(f"{step.code}: stands twice from {step.valid_from}")
        known.add((step.code, step.valid_from))
    return Ladder(steps, posts, content["rules"])


def _step(facts: dict[str, Any], posts: Mapping[str, str]) -> Step:
    code = facts.get("code", "?")
    if unknown := set(facts) - {each.name for each in fields(Step)}:
        raise LadderRefused(f"{code}: unknown {sorted(unknown)}")
    try:
        step = Step(**{**facts, "to": tuple(facts["to"])})
    except (KeyError, TypeError) as problem:
        raise LadderRefused(f"{code}: {problem}") from problem
    if step.when not in WHEN:
        raise LadderRefused(f"{code}: when is one of {', '.join(WHEN)}")
    if unknown := set(step.to) - {*RECIPIENTS, *posts}:
        raise LadderRefused(f"{code}: nobody is called {sorted(unknown)}")
    return step


@lru_cache
def ladder() -> Ladder:
    """The pack of this city."""
    return read_ladder(PACK.read_text(encoding="utf-8"))


def number(name: str) -> int:
    """One of the numbers of the process, such as `most_delegations`."""
    return ladder().numbers[name]
