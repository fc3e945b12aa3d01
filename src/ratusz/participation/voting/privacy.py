"""Personal data in voting: declarations of residence. Of voters there are only keyed digests, gone with the vote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User
from ratusz.participation.voting import actions
from ratusz.participation.voting.actions.declarations import EMPTY, KEPT
from ratusz.participation.voting.models import Declaration

STAFF = "numer konta pracownika: kto w Urzędzie to zrobił; rozliczalność (art. 5 ust. 2 RODO)"
DUTY = "art. 6 ust. 1 lit. e RODO w zw. z art. 5a ustawy o samorządzie gminnym"


def declarations_of(person: Any) -> Any:
    """Declarations that gave this address or number; no account is needed to declare."""
    address = plain_address(person.email if isinstance(person, User) else person)
    return Declaration.objects.filter(contact=address) if address else Declaration.objects.none()


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return declarations_of(person).values("name", "street", "contact", "grounds", "made_at", "state", "reasons")


def _erase(person: Any) -> int:
    return actions.erase_declarations(declarations=declarations_of(person))


def erase_with_address(address: Any) -> int:
    """An address that is erased everywhere goes from declarations too."""
    return actions.erase_declarations(declarations=declarations_of(address.value))


def past(moment: datetime) -> Any:
    """Declarations of votes that nobody can contest any more."""
    return Declaration.objects.filter(vote__closes_at__lt=moment - KEPT).exclude(**EMPTY)


def register() -> None:
    """Fills the registry of personal data and explains the fields that only look personal."""
    register_personal_data(
        Declaration, fields=("name", "street", "contact", "grounds"), legal_basis=DUTY,
        purpose=_("to let people vote who live here and are in no register"),
        retention="rok od zamknięcia głosowania (do potwierdzenia z archiwum)", retention_days=KEPT.days,
        export=_export, erase=_erase, past=past,
        kept_because=_("that somebody was let in and why, without the name: art. 17 ust. 3 lit. b RODO"),
    )  # fmt: skip
    for field in (
        "Annulment.asked_by", "Annulment.decided_by", "AnomalyCase.ended_by", "AnomalyLimits.set_by", "CardReading.clerk",
        "Declaration.decided_by", "KeyCeremony.made_by",
        "LetterBatch.made_by", "RegisterImport.brought_by", "RegisterImport.decided_by",
    ):  # fmt: skip
        not_personal.register(f"ratusz_voting.{field}", STAFF)
    for field, why in (
        ("VotingPoint.name", "nazwa miejsca"), ("VotingPoint.address", "adres miejsca głosowania"),
        ("AnomalyLimits.per_phone", "liczba: od ilu głosów z jednego numeru patrzy się na nie"),
    ):  # fmt: skip
        not_personal.register(f"ratusz_voting.{field}", why)
