"""Lengths, scores, severities and roles of a day, from the dated pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import RulesOfDay, packs_of


@dataclass(frozen=True)
class Targets:
    """What holds for one target ("web", "sms" …) on one day."""

    target: str
    rules: RulesOfDay

    @property
    def day(self) -> date:
        return self.rules.day

    def get(self, name: str) -> Any:
        """The target's own value, or None when it has none (nothing is asked then)."""
        entry = self.rules.entries.get(f"{self.target}.{name}")
        return None if entry is None else entry.value

    def of_office(self, name: str) -> Any:
        """A list or number that holds for every target."""
        return self.rules[f"office.{name}"]


def rules_of(at: date | datetime) -> RulesOfDay:
    """The gates' pack as it holds at that moment or on that day."""
    return packs_of("ratusz.publishing.gates")["gates"].at(local_day(at))


def facts_of_gate(code: str, at: datetime) -> dict[str, Any]:
    """What the pack says of one gate: `severity` and `override`; empty when it leaves that to the gate itself."""
    entry = rules_of(at).entries.get(code)
    return {} if entry is None else dict(entry.value)


def targets_of(target: str, at: date | datetime) -> Targets:
    return Targets(target, rules_of(at))
