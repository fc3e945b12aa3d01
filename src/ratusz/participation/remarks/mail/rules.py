"""Who reads letters with remarks and who settles them; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.remarks import rules


def may(person: Any, deed: str, consultation: Any, at: datetime) -> bool:
    """Deeds: `read`, `settle`. Whoever enters remarks settles; the data-protection officer reads; so does the unit that answers for
    the consultation, and that one alone. A letter of no known consultation (None) is the department's and the service desk's."""
    if deed == "settle":
        return rules.may(person, "enter", consultation, at)
    if reads_all(person, at):
        return True
    unit = getattr(consultation, "owner_unit", None)
    return unit is not None and holds_role(person, *rules.OF_UNITS, at=at, unit=unit)


def reads_all(person: Any, at: datetime) -> bool:
    """Whether the letters of every consultation are read."""
    return holds_department_role(person, *rules.RUNS_IT, at=at) or holds_role(
        person, "desk_officer", "data_protection_officer", at=at
    )


def reads_some(person: Any, at: datetime) -> bool:
    """Whether the screen is shown at all."""
    return reads_all(person, at) or holds_role(person, *rules.OF_UNITS, at=at)
