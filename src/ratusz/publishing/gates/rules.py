"""What is missing in a text, and who may let it through: pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from ratusz.foundation.units.rules import holds_department_role

from .findings import BLOCK, SEVERITIES, Finding
from .models import SHORTEST_REASON
from .reading import Passage, Reading
from .registries import gates
from .targets import facts_of_gate, targets_of


def missing_in(reading: Reading, at: datetime) -> list[Finding]:
    """Everything every gate finds, the blocking first, then by gate; overrides are not looked at."""
    targets = targets_of(reading.target, at)
    found = [
        Finding(code, each.severity or severity_of(code, at), each.words, each.url or reading.edit_url)
        for code, gate in gates.items()
        for each in gate.check(reading, targets, at)
    ]
    return sorted(found, key=lambda finding: (SEVERITIES.index(finding.severity), finding.gate))


def stopped_words(text: str, language: str, at: datetime) -> list[str]:
    """What stops words that stand beside a text (a correction, a notice, the credit of a picture): each finding that blocks.

    Nobody lets them through: they are short and can be written otherwise.
    """
    passages = (Passage(text, "note"),)
    reading = Reading(subject="", kind="words", title="", target="", language=language, passages=passages, has_care=False)
    return list(dict.fromkeys(finding.words for finding in missing_in(reading, at) if finding.severity == BLOCK))


def severity_of(code: str, at: datetime) -> str:
    """How grave a gate's findings are: the pack decides, else the gate itself."""
    return str(facts_of_gate(code, at).get("severity", gates[code].severity))


def roles_that_override(code: str, at: datetime) -> tuple[str, ...]:
    """The department's roles that may let a text through this gate; none for a gate nobody may open, or that there is not."""
    if code not in gates:
        return ()
    return tuple(facts_of_gate(code, at).get("override", gates[code].may_override))


def overriding_role(person: Any, code: str, at: datetime) -> str | None:
    """The role in which the person may open the gate, or None."""
    return next((role for role in roles_that_override(code, at) if holds_department_role(person, role, at=at)), None)


def may(person: Any, deed: str, code: str, at: datetime) -> bool:
    """Whether the person may "override" that gate at that moment."""
    return deed == "override" and overriding_role(person, code, at) is not None


class OverrideRefused(ValueError):
    """The gate stays shut; the message says what to do."""


def check_override(person: Any, code: str, reason: str, at: datetime) -> str:
    """The role in which the person opens the gate; raises OverrideRefused without the role or with too short a reason."""
    role = overriding_role(person, code, at)
    if role is None:
        raise OverrideRefused(
            gettext("You may not let a text through this gate. Ask the head of the department, or mend the text.")
        )
    if len(reason.strip()) < SHORTEST_REASON:
        words = gettext("Write in a sentence why the text may go out all the same: at least %(number)d characters.")
        raise OverrideRefused(words % {"number": SHORTEST_REASON})
    return role
