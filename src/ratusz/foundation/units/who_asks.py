"""Who asks and when, read once a request: the menu of the admin asks every module's rules."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Appointment


@dataclass(frozen=True)
class RolesKept:
    """The roles a person holds at one moment: (code, whether in the department). Stands on a copy of the person alone."""

    at: datetime
    roles: frozenset[tuple[str, bool]]

    def hold(self, codes: tuple[str, ...], at: datetime, *, in_department: bool = False) -> bool:
        """Whether one of them is held; asked of another moment than theirs it is a mistake of the caller."""
        if at != self.at:
            raise ValueError("These roles were read for another moment")
        return any(code in codes and (inside or not in_department) for code, inside in self.roles)


def who_asks(request: HttpRequest) -> tuple[Any, datetime]:
    """The person of the request with their roles, and the moment: to be passed to `may` together."""
    if not hasattr(request, "_who_asks"):
        at, person = database_now(), copy(request.user)
        held = Appointment.objects.in_force(at).where_held().filter(person=person.pk) if person.pk else ()
        person.roles_kept = RolesKept(at, frozenset((each.role.code, each.is_in_department) for each in _with_roles(held)))
        request._who_asks = person, at  # type: ignore[attr-defined]
    return request._who_asks  # type: ignore[attr-defined]


def _with_roles(held: Any) -> Any:
    return held.select_related("role") if held else ()


def with_deed(request: HttpRequest, deed: str) -> tuple[Any, str, None, datetime]:
    """The arguments of a module's `may` for a deed on nothing in particular."""
    person, at = who_asks(request)
    return person, deed, None, at
