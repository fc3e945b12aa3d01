"""Where personal data lie in initiatives: the committee and where to write. The draft is public and stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.initiatives import actions
from ratusz.participation.initiatives.models import CommitteeMember, CommitteeNotice, Initiative
from ratusz.participation.initiatives.notices.actions import erase_notices

TASK = "art. 6 ust. 1 lit. c i e RODO w związku z art. 41a u.s.g.; do potwierdzenia z inspektorem ochrony danych"
KEPT = "5 lat po zakończeniu sprawy (do potwierdzenia)"


def _at(addresses: Iterable[Address]):
    return Initiative.objects.filter(contact__in=list(addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    return _erased(_at([address]))


def _erase(person: Any) -> int:
    return _erased(_at(addresses_of(person)))


def _erased(initiatives: Iterable[Initiative]) -> int:
    """With the notice by which each came: the scan of its statement names the whole committee."""
    found = list(initiatives)
    notices = erase_notices(notices=CommitteeNotice.objects.filter(initiative__in=found))
    return notices + actions.erase_initiatives(initiatives=found)


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return _at(addresses_of(person)).values("number", "title", "state", "contact__value", "registered_at")


def _export_members(person: Any) -> Iterable[dict[str, Any]]:
    rows = CommitteeMember.objects.filter(initiative__in=_at(addresses_of(person)))
    return rows.values("initiative__number", "name", "home")


def register() -> None:
    """Fills the registry of personal data."""
    why = _("the draft resolution itself, which is public and names nobody (art. 17 ust. 3 lit. b RODO)")
    purpose = _("to handle a citizens' resolution initiative")
    register_personal_data(
        Initiative, fields=("contact",), purpose=purpose, legal_basis=TASK, retention=KEPT, export=_export, erase=_erase,
        kept_because=why,
    )  # fmt: skip
    register_personal_data(
        CommitteeMember, fields=("name", "home"), purpose=purpose, legal_basis=TASK, retention=KEPT,
        export=_export_members, erase=lambda person: 0,
    )  # fmt: skip
    not_personal.register("ratusz_initiatives.InitiativeStep.person", "konto pracownika, który to zrobił w swojej roli")
    not_personal.register("ratusz_initiatives.DistrictCouncil.saved_by", "konto pracownika, który to zrobił w swojej roli")
    for name in ("office_address", "office_phone", "office_email"):
        not_personal.register(f"ratusz_initiatives.DistrictCouncil.{name}", "biuro rady dzielnicy, nie osoba")
    not_personal.register("ratusz_initiatives.DistrictCouncil.chair", "osoba pełni funkcję publiczną; nazwisko jest jawne w BIP")
