"""Stages of building as the city's dated data, and the few numbers of the process."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from ratusz.participation.projects.form_pack import PACKS

PACK = PACKS / "delivery.toml"


class StagesRefused(ValueError):
    """The pack is written wrong; the message names the stage and what to mend."""


@dataclass(frozen=True)
class Stage:
    """One stage for the period [valid_from, valid_to)."""

    code: str
    name: str
    about: str
    valid_from: date
    valid_to: date | None = None
    is_last: bool = False
    """The project is done."""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class StagesPack:
    """The whole pack, in the order of building."""

    stages: tuple[Stage, ...]
    numbers: Mapping[str, int]

    def on(self, day: date) -> list[Stage]:
        """The stages in force that day, in order."""
        return [stage for stage in self.stages if stage.holds_on(day)]


def read_stages(text: str) -> StagesPack:
    """Raises StagesRefused."""
    content = tomllib.loads(text)
    stages = tuple(_stage(each) for each in content["stage"])
    for day in sorted({stage.valid_from for stage in stages}):
        _check_day([stage for stage in stages if stage.holds_on(day)], day)
    return StagesPack(stages, content["numbers"])


def _stage(facts: dict[str, Any]) -> Stage:
    code = facts.get("code", "?")
    if unknown := set(facts) - {each.name for each in fields(Stage)}:
        raise StagesRefused(f"{code}: unknown {sorted(unknown)}")
    try:
        return Stage(**facts)
    except TypeError as problem:
        raise StagesRefused(f"{code}: {problem}") from problem


def _check_day(stages: Sequence[Stage], day: date) -> None:
    codes = [stage.code for stage in stages]
    if len(set(codes)) != len(codes):
        raise StagesRefused(f"a stage stands twice on {day}")
    if [stage.is_last for stage in stages] != [False] * (len(stages) - 1) + [True] or len(stages) < 2:
        raise StagesRefused(f"on {day} the last stage, and it alone, has is_last")


@lru_cache
def stages_pack() -> StagesPack:
    """The pack of this city."""
    return read_stages(PACK.read_text(encoding="utf-8"))


def stages_on(day: date) -> list[Stage]:
    """The stages in force that day, in order."""
    return stages_pack().on(day)


def stage_words(code: str) -> str:
    """A stage as people read it, one that is out of use too; an unknown code as it is."""
    return next((stage.name for stage in reversed(stages_pack().stages) if stage.code == code), code)


def first_stage(day: date) -> str:
    return stages_on(day)[0].code


def last_stage(day: date) -> str:
    return stages_on(day)[-1].code


def number(name: str) -> int:
    """One of the numbers of the process, such as `link_days`."""
    return stages_pack().numbers[name]
