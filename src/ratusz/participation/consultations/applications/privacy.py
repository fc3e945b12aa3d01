"""Where personal data lie in applications: the contact person. The application itself is public and stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.consultations.applications import actions
from ratusz.participation.consultations.models import Application

STAFF = "konto pracownika, który to zrobił w swojej roli"
TASK = "art. 6 ust. 1 lit. c i e RODO w związku z art. 5a u.s.g.; do potwierdzenia z inspektorem ochrony danych"


def _applications_at(addresses: Iterable[Address]):
    return Application.objects.filter(contact__in=list(addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    return actions.erase_applications(applications=_applications_at([address]))


def _erase(person: Any) -> int:
    return actions.erase_applications(applications=_applications_at(addresses_of(person)))


def _export(person: Any) -> Iterable[dict[str, Any]]:
    rows = _applications_at(addresses_of(person))
    return rows.values("number", "title", "state", "contact_name", "contact_address", "contact__value", "made_at", "submitted_at")


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        Application,
        fields=("contact_name", "contact_address", "contact"),
        purpose=_("to answer an application for a consultation"),
        legal_basis=TASK,
        retention="5 lat po zakończeniu sprawy (do potwierdzenia); szkice 30 dni",
        export=_export,
        erase=_erase,
        kept_because=_("the application itself, which is public and names nobody (art. 17 ust. 3 lit. b RODO)"),
    )
    for name in ("ApplicationStep.person", "SupportTerms.set_by"):
        not_personal.register(f"ratusz_consultations.{name}", STAFF)
