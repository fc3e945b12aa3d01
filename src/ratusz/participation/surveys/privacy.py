"""Where personal data lie in surveys: drafts with a mailbox, and own words in answers, which lead to nobody by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.surveys import actions
from ratusz.participation.surveys.models import Draft

TASK = "art. 6 ust. 1 lit. e RODO: badanie opinii mieszkańców (art. 5a u.s.g.)"
STAFF = "konto pracownika, który to zrobił w swojej roli"
NOBODY = "nic nie prowadzi od odpowiedzi do osoby; słowa własne, miejsca i pliki znikają po latach z pakietu surveys"


def _drafts_at(addresses: Iterable[Address]):
    return Draft.objects.filter(contact__in=list(addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    return actions.erase_drafts(drafts=_drafts_at([address]))


def _erase(person: Any) -> int:
    return actions.erase_drafts(drafts=_drafts_at(addresses_of(person)))


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return _drafts_at(addresses_of(person)).values("survey__title", "content", "contact__value", "keep_until")


def register() -> None:
    """Fills the registry of personal data. `forget_drafts` and `forget_words` clean it."""
    register_personal_data(
        Draft, fields=("content", "contact"), purpose=_("to finish a survey later"), legal_basis=TASK,
        retention="30 dni, najdłużej do końca ankiety (ustawienie z datą)", export=_export, erase=_erase,
    )  # fmt: skip
    not_personal.register("ratusz_surveys.Survey.reached_by", "droga, nie osoba: plakaty, portal, listy")
    for field in ("Answer.content", "CardEntry.content", "CardSettlement.content", "PaperBatch.second_person"):
        not_personal.register(f"ratusz_surveys.{field}", NOBODY if "content" in field else "stanowisko, nie osoba prywatna")
    for field in (
        "Survey.published_by", "Survey.made_by", "TokenBatch.made_by", "PaperBatch.counted_by", "CardEntry.clerk",
        "CardSettlement.person", "ResearchCard.made_by", "ResearchResults.brought_by", "WaveMatch.said_by",
        "ResearchUse.noted_by", "PopulationTable.loaded_by", "AnswersExport.asked_by",
    ):  # fmt: skip
        not_personal.register(f"ratusz_surveys.{field}", STAFF)
