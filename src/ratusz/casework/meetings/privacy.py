"""Where personal data lie in meetings: who registered or was invited, what they need, what they asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.models import Invitation, MeetingDuty, Registration
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of

TASK = (
    "zadanie publiczne (art. 6 ust. 1 lit. e RODO): spotkania miasta z mieszkańcami; do potwierdzenia z inspektorem ochrony danych"
)
FIELDS = ("name", "address", "second_address", "newsroom", "needs", "needs_words", "question", "consents")


def _registrations_at(addresses: Iterable[Address]):
    addresses = list(addresses)
    return Registration.objects.filter(Q(address__in=addresses) | Q(second_address__in=addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    count = actions.erase_registrations(registrations=_registrations_at([address]))
    return count + actions.erase_invitations(invitations=Invitation.objects.filter(address=address))


def _erase_registrations(person: Any) -> int:
    return actions.erase_registrations(registrations=_registrations_at(addresses_of(person)))


def _erase_invitations(person: Any) -> int:
    return actions.erase_invitations(invitations=Invitation.objects.filter(address__in=addresses_of(person)))


def _export_registrations(person: Any) -> Iterable[dict[str, Any]]:
    rows = _registrations_at(addresses_of(person))
    return rows.values(
        "meeting__title", "meeting__starts_at", "standing", "through", "name", "address__value", "second_address__value", "persons",
        "newsroom", "district__name", "needs", "needs_words", "question", "consents", "made_at",
    )  # fmt: skip


def _export_invitations(person: Any) -> Iterable[dict[str, Any]]:
    rows = Invitation.objects.filter(address__in=addresses_of(person)).order_by("pk")
    return (dict(row) for row in rows.values("meeting__title", "meeting__starts_at", "name", "organisation", "state", "made_at"))


def _export_tasks(person: Any) -> Iterable[dict[str, Any]]:
    rows = MeetingDuty.objects.filter(person=getattr(person, "pk", None)).order_by("pk")
    return (dict(row) for row in rows.values("meeting__title", "meeting__starts_at", "task"))


def register() -> None:
    """Fills the registry of personal data. Registrations are cleaned by `forget_registrations`: their numbers stay."""
    stays = _("that a seat was taken, and how: the numbers of the meeting (art. 17 ust. 3 lit. b RODO)")
    register_personal_data(
        Registration, fields=(*FIELDS, "registered_by"), purpose=_("to keep a seat at a meeting and tell of changes"),
        legal_basis=TASK, retention="30 dni po spotkaniu; potrzeby i lista oczekujących 7 dni (według rodzaju spotkania)",
        export=_export_registrations, erase=_erase_registrations, kept_because=stays,
    )  # fmt: skip
    register_personal_data(
        Invitation, fields=("name", "organisation", "address"), purpose=_("to invite to a meeting"), legal_basis=TASK,
        retention="30 dni po spotkaniu (według rodzaju spotkania)", export=_export_invitations, erase=_erase_invitations,
        kept_because=stays,
    )  # fmt: skip
    register_personal_data(
        MeetingDuty, fields=("person",), purpose=_("to say who does what at a meeting"), legal_basis=TASK,
        retention="jak sprawa spotkania", export=_export_tasks, erase=lambda person: 0,
        kept_because=_("who did what in the city's name at a meeting (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    for name, reason in LOOKS_PERSONAL.items():
        not_personal.register(f"ratusz_meetings.{name}", reason)


LOOKS_PERSONAL = {
    "Place.address": "adres sali, nie osoby",
    "Meeting.uid": "losowy numer spotkania w kalendarzach",
    "Registration.persons": "liczba osób",
}
