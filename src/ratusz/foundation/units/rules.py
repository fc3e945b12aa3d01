"""Who holds which role where and when: what every module's `may` stands on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from ratusz.foundation.kit.links import LinkExpired, LinkRefused
from ratusz.foundation.people.roles import DEPARTMENT_ROLES
from ratusz.foundation.units.models import Appointment, Invitation, Unit


def holds_role(person: Any, *role_codes: str, at: datetime, unit: Unit | None = None) -> bool:
    """Whether the person holds one of the roles at that moment, in their own name or standing in for somebody.

    With `unit`: in that unit or in one it is part of. A superuser holds no role by being one; nobody signed in holds none.
    """
    held = {place for code, place, _inside in _held(person, at) if code in role_codes}
    return bool(held) and (unit is None or any(each.pk in held for each in unit.ancestors()))


def holds_department_role(person: Any, *role_codes: str, at: datetime) -> bool:
    """Whether the person holds one of the roles in the department that runs the city's communication, or in a unit below it.

    A head of the parks or an editor of the libraries holds the same role elsewhere, and with it nothing here.
    """
    return any(is_inside and code in role_codes for code, _place, is_inside in _held(person, at))


def _held(person: Any, at: datetime) -> frozenset[tuple[str, int, bool]]:
    """The code, unit and "in the department?" of each role held; read once for a moment, since one page asks fifty times."""
    if not getattr(person, "pk", None) or not getattr(person, "is_active", False):
        return frozenset()
    moment, held = getattr(person, "_roles_held", (None, frozenset()))
    if moment != at:
        found = Appointment.objects.in_force(at).filter(person=person.pk).where_held()
        held = frozenset((code, place, is_inside) for _person, code, place, is_inside in found)
        person._roles_held = at, held
    return held


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


HEADS_INVITE_AS = frozenset(
    {
        "editor",
        "press_officer",
        "moderator",
        "budget_coordinator",
        "unit_verifier",
        "unit_editor",
        "unit_moderator",
        "presidents_secretariat",
        "desk_officer",
        "employee",
    }
)
"""A head invites to the work of their own unit; who administers, answers persons or holds keys is the administrator's to invite."""


HEADS = ("head", "deputy_head")
WORK_OF_THE_DEPARTMENT = DEPARTMENT_ROLES - {*HEADS}
"""What nobody can be in another unit; heads are everywhere."""


def counts_nowhere(role: Any, unit: Unit | None) -> bool:
    """Whether the role would give nothing in this unit: work of the department outside it."""
    if role is None or unit is None or role.code not in WORK_OF_THE_DEPARTMENT:
        return False
    return not any(each.is_department for each in unit.ancestors())


class RoleOfTheDepartment(ValueError):
    """The role counts in the department alone."""

    def __str__(self) -> str:
        return gettext(
            "This role counts only in the department that runs the city's communication. Choose its unit or another role."
        )


def invites_anywhere(person: Any, at: datetime) -> bool:
    """Whether every unit and role is open to the person: administrators."""
    return bool(getattr(person, "is_superuser", False)) or holds_role(person, "administrator", at=at)


def may_invite(person: Any, at: datetime, role: Any = None, unit: Unit | None = None) -> bool:
    """Whether the person may invite to an account at all, or into this role and this unit.

    Administrators anywhere; heads and deputies into the working roles of their own unit and of those below it. Nobody invites
    into the work of the department elsewhere.
    """
    if counts_nowhere(role, unit):
        return False
    if invites_anywhere(person, at):
        return True
    is_head = holds_role(person, *HEADS, at=at, unit=unit)
    return is_head and (role is None or role.code in HEADS_INVITE_AS)


def account_invitation_state(invitation: Any, at: datetime) -> str:
    """accepted, withdrawn, expired or waiting."""
    if invitation.accepted_at:
        return "accepted"
    if invitation.withdrawn_at:
        return "withdrawn"
    return "expired" if at >= invitation.expires_at else "waiting"


def check_account_invitation(invitation: Any, sending: int, at: datetime) -> None:
    """Raises LinkRefused when the invitation is gone, was accepted, withdrawn or sent anew, or its time is over."""
    if invitation is None:
        raise LinkRefused(gettext("This link is not valid. Ask whoever sent it for a new one."))
    if invitation.withdrawn_at is not None:
        raise InvitationRevoked(gettext("This link was withdrawn. Ask whoever sent it for a new one."))
    if invitation.accepted_at is not None:
        raise InvitationUsedUp(gettext("This invitation has been accepted already. Sign in with your e-mail address."))
    if sending != invitation.sendings:
        raise InvitationRevoked(gettext("We have sent you a newer invitation. Open the link from the newest message."))
    if at >= invitation.expires_at:
        raise LinkExpired(gettext("The time of this invitation is over. Ask whoever invited you to send it again."))


class AlreadyHasAccount(ValueError):
    """The address has an account: its person is appointed, not invited."""

    def __str__(self) -> str:
        return gettext("There is an account with this address already. Appoint its person under Appointments.")


class AlreadyInvited(ValueError):
    """An open invitation to the address exists."""

    def __str__(self) -> str:
        return gettext("This address has been invited already. Send that invitation again, or withdraw it first.")


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
