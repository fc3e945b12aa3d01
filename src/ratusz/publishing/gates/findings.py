"""What a gate finds: how grave, in words that say how to mend it, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .reading import Reading
from .targets import Targets

BLOCK, WARN, NOTE = "block", "warn", "note"
SEVERITIES = (BLOCK, WARN, NOTE)


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or wrong."""

    gate: str
    severity: str
    words: str
    url: str = ""
    override: Any = None
    """The GateOverride that lets this text pass, or None."""

    @property
    def blocks(self) -> bool:
        return self.severity == BLOCK and self.override is None


@dataclass(frozen=True)
class Missing:
    """What a check gives; its gate's severity holds unless it says another."""

    words: str
    url: str = ""
    severity: str = ""


@dataclass(frozen=True)
class Gate:
    """One requirement: its name for people, what it checks, and whom it concerns."""

    name: Any
    """Translated lazily."""
    check: Callable[[Reading, Targets, datetime], Iterable[Missing]]
    severity: str = BLOCK
    may_override: tuple[str, ...] = ()
    """Roles of the department; the pack, where it names the gate, decides instead."""


class GatesShut(Exception):
    """The text may not go out yet; `findings` says what stops it, then the rest."""

    def __init__(self, findings: list[Finding], edit_url: str = ""):
        super().__init__(findings)
        self.findings = findings
        self.edit_url = edit_url

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks]

    def __str__(self) -> str:
        return " ".join(finding.words for finding in self.blocking)
