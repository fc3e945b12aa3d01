"""Where personal data lie in signatures: who signed, where the code went, what two people read on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.casework.signatures import actions
from ratusz.casework.signatures.models import LineEntry, LineSettlement, Signature
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of

TASK = "art. 6 ust. 1 lit. c i e RODO w związku z art. 5a u.s.g.; do potwierdzenia z inspektorem ochrony danych"
RETENTION = "90 dni po zakończeniu sprawy (ustawienie z datą albo zasady danej sprawy); liczby i powody zostają"
STAFF = "konto pracownika, który to zrobił w swojej roli"


def _signatures_at(addresses: Iterable[Address]):
    return Signature.objects.filter(contact__in=list(addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    return actions.erase_signatures(signatures=_signatures_at([address]))


def _erase(person: Any) -> int:
    return actions.erase_signatures(signatures=_signatures_at(addresses_of(person)))


def _export(person: Any) -> Iterable[dict[str, Any]]:
    rows = _signatures_at(addresses_of(person))
    return rows.values(
        "collection__title", "state", "channel", "name", "home", "district__name", "is_child", "guardian", "contact__value",
        "made_at", "confirmed_at", "ended_at",
    )  # fmt: skip


def _typed_by(model: Any, field: str):
    def export(person: Any) -> Iterable[dict[str, Any]]:
        rows = model.objects.filter(**{field: getattr(person, "pk", None)}).order_by("pk")
        return rows.values("line__sheet__collection__title", "line__sheet__number", "line__number", "made_at")

    return export


def _kept(person: Any) -> int:
    return 0


def register() -> None:
    """Fills the registry of personal data. All of it is cleaned by `forget_past`: the numbers stay."""
    stays = _("that somebody signed, and whether it counted: the numbers of the check (art. 17 ust. 3 lit. b RODO)")
    register_personal_data(
        Signature, fields=("name", "home", "guardian", "contact"), purpose=_("to count who supports a thing"), legal_basis=TASK,
        retention=RETENTION, export=_export, erase=_erase, kept_because=stays,
    )  # fmt: skip
    typed = _("who typed a line and who settled it: the control by two people (art. 17 ust. 3 lit. b RODO)")
    for model, field in ((LineEntry, "clerk"), (LineSettlement, "person")):
        register_personal_data(
            model, fields=("name", "home", "guardian", field), purpose=_("to count who supports a thing on paper"),
            legal_basis=TASK, retention=RETENTION, export=_typed_by(model, field), erase=_kept, kept_because=typed,
        )  # fmt: skip
    for name in ("Sheet.received_by", "LookedAtPair.person", "CheckProtocol.made_by"):
        not_personal.register(f"ratusz_signatures.{name}", STAFF)
