"""Who holds which role where and when: what every module's `may` stands on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.foundation.units.models import Appointment, Unit


def holds_role(person: Any, *role_codes: str, at: datetime, unit: Unit | None = None) -> bool:
    """Whether the person holds one of the roles at that moment, in their own name or standing in for somebody.

    With `unit`: in that unit or in one it is part of. A superuser holds no role by being one; nobody signed in holds none.
    """
    if not getattr(person, "pk", None) or not getattr(person, "is_active", False):
        return False
    appointments = Appointment.objects.in_force(at).filter(person=person, role__code__in=role_codes)
    if unit is not None:
        appointments = appointments.filter(unit__in=[each.pk for each in unit.ancestors()])
    return appointments.exists()
