"""Who may write, approve and publish the yearly plan, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.units.models import Unit
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.consultations.models import PlannedSubject

HEADS = ("head", "deputy_head")
MANAGE = (*HEADS, "editor")
OF_UNITS = (*MANAGE, "unit_editor")
FIRST_YEAR, LAST_YEAR = 2000, 2100


class PlanRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, unit: Unit | None, at: datetime) -> bool:
    """`see`: whoever edits for a unit; `write` for one's own unit; `manage` (all units, begin): the department.

    `approve`: heads of the department.
    """
    if holds_department_role(person, *(HEADS if deed == "approve" else MANAGE), at=at):
        return True
    if deed == "see":
        return holds_role(person, *OF_UNITS, at=at)
    return deed == "write" and unit is not None and holds_role(person, *OF_UNITS, at=at, unit=unit)


def check_may(person: Any, deed: str, unit: Unit | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, unit, at):
        raise NotYours


def check_year(year: int) -> None:
    """Raises PlanRefused for a year that no plan is of."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlanRefused(_("Write the year in four digits, for example 2027."))


def check_months(first: int, last: int) -> None:
    """Raises PlanRefused for months that run backwards."""
    if last < first:
        raise PlanRefused(_("The last month is before the first. Check both months."))


def check_open(subject: PlannedSubject) -> None:
    """Raises PlanRefused for a subject that was dropped or has begun."""
    if subject.dropped_at is not None:
        raise PlanRefused(_("This subject was dropped. Write a new one."))
    if subject.consultation_id is not None:
        raise PlanRefused(_("The consultation of this subject has begun. Change it there."))


def check_changing(subject: PlannedSubject, may_manage: bool) -> None:
    """Raises PlanRefused when a unit changes what is approved already."""
    if subject.approved_at is not None and not may_manage:
        raise PlanRefused(_("This subject is approved. Ask the communications department to change it."))


def check_approved(subject: PlannedSubject) -> None:
    """Raises PlanRefused for a subject nobody approved."""
    if subject.approved_at is None:
        raise PlanRefused(_("Approve the subject first."))
