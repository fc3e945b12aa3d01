"""Where personal data lie in advice: whoever booked a time. The log of conversations names nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.casework.advice import actions
from ratusz.casework.advice.models import Appointment
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of

TASK = "art. 6 ust. 1 lit. e RODO: informowanie i wsparcie mieszkańców w konsultacjach (art. 5a u.s.g.)"
RETENTION = "30 dni po rozmowie (ustawienie z datą); liczba rozmów i temat zostają"
STAFF = "konto pracownika, który to zrobił w swojej roli"


def _appointments_at(addresses: Iterable[Address]):
    return Appointment.objects.filter(contact__in=list(addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    return actions.erase_appointments(appointments=_appointments_at([address]))


def _erase(person: Any) -> int:
    return actions.erase_appointments(appointments=_appointments_at(addresses_of(person)))


def _export(person: Any) -> Iterable[dict[str, Any]]:
    rows = _appointments_at(addresses_of(person))
    return rows.values("point__name", "starts_at", "state", "name", "words", "needs", "contact__value", "made_at")


def register() -> None:
    """Fills the registry of personal data. `forget_past` cleans it: the numbers stay."""
    register_personal_data(
        Appointment, fields=("name", "words", "needs", "contact"), purpose=_("to keep a time for a conversation"), legal_basis=TASK,
        retention=RETENTION, export=_export, erase=_erase,
        kept_because=_("that a time was taken, and whether somebody came: the figures of the point (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    not_personal.register("ratusz_advice.Conversation.by", STAFF)
    for field in ("Point.address", "Point.email", "Point.phone", "Outing.address"):
        not_personal.register(f"ratusz_advice.{field}", "adres, poczta i telefon punktu Urzędu")
