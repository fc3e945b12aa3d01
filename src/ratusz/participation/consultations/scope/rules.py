"""Who may set the scope of a consultation, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.consultations.models import Consultation

MANAGE = ("head", "deputy_head", "editor")
SEES = (*MANAGE, "moderator", "press_officer", "desk_officer", "budget_coordinator")


class ScopeRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, consultation: Consultation | None, at: datetime) -> bool:
    """`see`: the department; `set_scope`: its heads and editors, and editors of the unit that answers until it is announced."""
    if holds_department_role(person, *(SEES if deed == "see" else MANAGE), at=at):
        return True
    unit = consultation.owner_unit if consultation is not None else None
    if unit is None or not holds_role(person, "head", "deputy_head", "editor", "unit_editor", at=at, unit=unit):
        return False
    return deed == "see" or consultation is not None and consultation.announced_at is None


def check_may(person: Any, deed: str, consultation: Consultation | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, consultation, at):
        raise NotYours


def check_planned(consultation: Consultation) -> None:
    """Raises ScopeRefused for a consultation whose scope everybody has read already."""
    if consultation.announced_at is not None:
        raise ScopeRefused(_("The consultation is announced. Its scope stays as everybody read it."))


def check_unused(area: Any, is_used: bool) -> None:
    """Raises ScopeRefused for an area to which a form belongs."""
    if is_used:
        raise ScopeRefused(_("A form belongs to the area “%(area)s”. Change the form first.") % {"area": area.name})
