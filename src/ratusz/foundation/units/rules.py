"""Who holds which role where and when: what every module's `may` stands on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from ratusz.foundation.kit.links import LinkExpired, LinkRefused
from ratusz.foundation.units.models import Appointment, Invitation, Unit


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


class CircularUnit(Exception):
    """A unit cannot be part of itself or of a unit below it."""

    def __str__(self) -> str:
        return gettext("A unit cannot be part of itself or of a unit below it. Choose another one above it.")


def check_tree(unit: Unit) -> None:
    """Raises CircularUnit when walking up from the unit's new parent comes back to the unit."""
    if unit.pk and unit.parent and unit.pk in [each.pk for each in unit.parent.ancestors()]:
        raise CircularUnit


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Administrators appoint and keep the tree of units, but nobody appoints themselves; all staff may look.

    `subject` is the unit or the appointment in question, or the person to be appointed.
    """
    if deed == "view":
        return bool(getattr(person, "is_staff", False))
    is_self = subject == person or getattr(subject, "person", None) == person
    return not is_self and (holds_role(person, "administrator", at=at) or getattr(person, "is_superuser", False))


class InvitationUsedUp(LinkRefused):
    """The link was good for so many uses, and they are taken."""


class InvitationRevoked(LinkRefused):
    """Whoever invited took the link back."""


def check_invitation(invitation: Invitation | None, at: datetime) -> None:
    """Raises LinkRefused when the invitation is missing, revoked, expired or used up."""
    if invitation is None:
        raise LinkRefused(gettext("This link is not valid. Ask whoever sent it for a new one."))
    if invitation.revoked_at is not None:
        raise InvitationRevoked(gettext("This link was withdrawn. Ask whoever sent it for a new one."))
    if at >= invitation.expires_at:
        raise LinkExpired(gettext("This link is no longer valid. Ask for a new one."))
    if invitation.most_uses is not None and invitation.uses >= invitation.most_uses:
        raise InvitationUsedUp(gettext("This link has been used already. Ask whoever sent it for a new one."))
