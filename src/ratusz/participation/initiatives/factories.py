"""Initiatives for tests and the demo."""

from __future__ import annotations

import uuid
from typing import Any

from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.participation.initiatives import actions
from ratusz.participation.initiatives.models import Initiative

COMMITTEE = "\n".join(f"Próbna Osoba{letter}; ul. Próbna {number}/1" for number, letter in enumerate("abcde", 1))
FACTS: dict[str, Any] = {
    "title": "Uchwała w sprawie cienia na placach zabaw",
    "draft": "§ 1. Na każdym miejskim placu zabaw rosną drzewa, które dają cień.\n§ 2. Uchwała wchodzi w życie po 14 dniach.",
    "justification": "W lipcu urządzenia na placach są tak gorące, że dzieci nie mogą się bawić.",
    "members": COMMITTEE, "email": "komitet@example.pl",
}  # fmt: skip


def make_clerk(role: str = "editor") -> Any:
    """A person with a role in the department."""
    unit = Unit.objects.the_department() or UnitFactory(is_department=True)
    return AppointmentFactory(role_code=role, unit=unit).person


def make_initiative(person: Any = None, **facts: Any) -> Initiative:
    """One that collects signatures."""
    said = FACTS | {"form_key": uuid.uuid4()} | facts
    return actions.register_initiative(**said, person=person or make_clerk())
