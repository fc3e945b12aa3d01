"""Where personal data lie in units: appointments, and invitations to people without an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User
from ratusz.foundation.units import actions
from ratusz.foundation.units.models import AccountInvitation, Appointment, Invitation

INVITED = ("email", "first_name", "last_name", "role__name", "unit__name", "sent_at")
DUTY = "art. 6 ust. 1 lit. c i e RODO"


def _appointments(person: Any) -> Iterable[dict[str, Any]]:
    found = Appointment.objects.filter(person=person) if isinstance(person, User) else Appointment.objects.none()
    return found.values("role__name", "unit__name", "starts", "ends")


def _end_appointments(person: Any) -> int:
    """Nobody acts under an erased account; the rows stay as history, so none is counted as erased."""
    if isinstance(person, User):
        actions.end_appointments_of(person=person)
    return 0


def _invitations(person: Any):
    address = plain_address(person.email if isinstance(person, User) else person)
    return Invitation.objects.filter(recipient__iexact=address) if address else Invitation.objects.none()


def _erase_invitations(person: Any) -> int:
    return actions.erase_invitations(invitations=_invitations(person))


def _account_invitations(person: Any):
    address = plain_address(person.email if isinstance(person, User) else person)
    return AccountInvitation.objects.filter(email__iexact=address) if address else AccountInvitation.objects.none()


def _erase_account_invitations(person: Any) -> int:
    return actions.erase_account_invitations(invitations=_account_invitations(person))


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        AccountInvitation, fields=("email", "first_name", "last_name", "invited_by"), purpose=_("to give staff an account"),
        legal_basis=DUTY, retention="3 miesiące po terminie zaproszenia", retention_days=90,
        export=lambda person: _account_invitations(person).values(*INVITED),
        erase=_erase_account_invitations, past=AccountInvitation.objects.long_settled,
    )  # fmt: skip
    register_personal_data(
        Appointment, fields=("person",), purpose=_("to know who may decide"), legal_basis=DUTY,
        retention="jak akta komórki; po usunięciu konta bez nazwiska", export=_appointments, erase=_end_appointments,
        kept_because=_("which role acted when, without the name: art. 17 ust. 3 lit. b RODO"),
    )  # fmt: skip
    register_personal_data(
        Invitation, fields=("recipient", "label"), purpose=_("to let the city's entities act"), legal_basis=DUTY,
        retention="2 lata po wygaśnięciu", retention_days=730,
        export=lambda person: _invitations(person).values("recipient", "label", "purpose", "expires_at"),
        erase=_erase_invitations, past=Invitation.objects.long_expired,
    )  # fmt: skip
