"""Where personal data lie in projects: authors, co-authors, proxies; the words of an application itself are public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User
from ratusz.participation.projects import actions
from ratusz.participation.projects.models import Party

FIELDS = ("name", "address", "email", "phone", "is_minor", "guardian_name", "guardian_contact")
STAFF = "numer konta pracownika: kto w Urzędzie to zrobił; rozliczalność (art. 5 ust. 2 RODO)"
DUTY = "art. 6 ust. 1 lit. e RODO w zw. z art. 5a ustawy o samorządzie gminnym"


def parties_of(person: Any):
    """People of applications who have this address or number; no account is needed to submit."""
    address = plain_address(person.email if isinstance(person, User) else person)
    return Party.objects.filter(email__iexact=address) | Party.objects.filter(phone=address) if address else Party.objects.none()


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return parties_of(person).values("role", "application__number", "application__title", *FIELDS)


def _erase(person: Any) -> int:
    return actions.erase_parties(parties=parties_of(person))


def kept_days() -> int:
    """How long the people of an application are kept."""
    return packs_of("ratusz.participation.projects")["projects"].at(date.max)["kept_days"]


def past(moment: datetime):
    """People of applications whose time is over."""
    return Party.objects.filter(application__changed_at__lt=moment - timedelta(days=kept_days())).exclude(
        name="", email="", phone=""
    )


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        Party, fields=FIELDS, purpose=_("to take in and check projects of the participatory budget"), legal_basis=DUTY,
        retention="5 lat od ostatniej zmiany zgłoszenia (kategoria B5, do potwierdzenia)", retention_days=kept_days(),
        export=_export, erase=_erase, past=past,
        kept_because=_("the application itself, without its people: art. 17 ust. 3 lit. b RODO"),
    )  # fmt: skip
    for field in (
        "Appeal.decided_by", "Appeal.entered_by", "Application.entered_by", "Call.refused_by", "Call.sent_by", "Check.decided_by",
        "Check.proposed_by", "Check.substitute", "Check.verifier", "Mark.by", "Opinion.given_by", "ProjectList.published_by",
    ):  # fmt: skip
        not_personal.register(f"ratusz_projects.{field}", STAFF)
