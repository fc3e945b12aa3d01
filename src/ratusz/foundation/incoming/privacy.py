"""Where personal data lie in letters: who wrote and what. That a letter came, and what became of it, stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.incoming.actions import forgetting
from ratusz.foundation.incoming.models import Attachment, Letter
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of

STAFF = "konto pracownika, który to zrobił w swojej roli"
TASK = "art. 6 ust. 1 lit. c i e RODO; do potwierdzenia z inspektorem ochrony danych"
RETENTION = (
    "list wpisany do rejestru: tak długo jak dane autora w tym rejestrze; odłożony, automatyczny, nieczytelny i podejrzany o spam:"
    " rok (ustawienie z datą, do potwierdzenia z archiwistą)"
)


def _letters_of(addresses: Iterable[Address]) -> Any:
    return Letter.objects.filter(sender__in=list(addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    return forgetting.erase_letters(letters=_letters_of([address]))


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return _letters_of(addresses_of(person)).values(
        "mailbox", "arrived_at", "sender__value", "sender_name", "subject", "text", "state", "reason", "outcome"
    )


def _export_attachments(person: Any) -> Iterable[dict[str, Any]]:
    return Attachment.objects.filter(letter__in=_letters_of(addresses_of(person))).values("letter", "name", "refused")


def _erase(person: Any) -> int:
    return forgetting.erase_letters(letters=_letters_of(addresses_of(person)))


def register() -> None:
    """Fills the registry of personal data. `forget_past` cleans it by the terms of the modules."""
    shared = {"legal_basis": TASK, "retention": RETENTION, "purpose": _("to deal with what somebody wrote by e-mail")}
    register_personal_data(
        Letter, fields=("sender", "sender_name", "subject", "text", "tag"), export=_export, erase=_erase,
        not_personal=("reason", "outcome"), **shared,
    )  # fmt: skip
    register_personal_data(
        Attachment, fields=("name", "file"), export=_export_attachments, erase=lambda person: 0, not_personal=("refused",), **shared
    )
    not_personal.register("ratusz_incoming.Letter.settled_by", STAFF)
