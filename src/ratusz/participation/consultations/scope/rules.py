"""Who may set the scope of a consultation, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.consultations import rules as consultation_rules
from ratusz.participation.consultations.models import Consultation


class ScopeRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, consultation: Consultation | None, at: datetime) -> bool:
    """`see` as the consultation itself; `set_scope` as its plan."""
    return consultation_rules.may(person, "see" if deed == "see" else "plan", consultation, at)


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
