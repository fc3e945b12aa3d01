"""Where personal data lie in the register of remarks: whoever handed something in. The remarks and their numbers stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.remarks import privacy_analysis
from ratusz.participation.remarks.models import Intake

STAFF = "konto pracownika, który to zrobił w swojej roli"
TASK = "art. 6 ust. 1 lit. c i e RODO w związku z art. 5a u.s.g.; do potwierdzenia z inspektorem ochrony danych"
RETENTION = "do końca sprawy i czasu przechowywania jej akt (do potwierdzenia); potem zostają same uwagi i liczby"


def _intakes_of(person: Any):
    return Intake.objects.filter(contact__in=list(addresses_of(person))).order_by("pk")


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return _intakes_of(person).values(
        "receipt", "consultation__title", "channel", "received_at", "state", "author_name", "author_address", "contact__value"
    )


def _erase(person: Any) -> int:
    return _intakes_of(person).update(author_name="", author_address="", contact=None)


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        Intake, fields=("author_name", "author_address", "contact"), purpose=_("to count each voice once and to answer its author"),
        legal_basis=TASK, retention=RETENTION, export=_export, erase=_erase,
        kept_because=_("the remark itself, which belongs to the report of the consultation (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    for name in ("Cluster.made_by", "Position.written_by", "Position.approved_by"):
        not_personal.register(f"ratusz_remarks.{name}", STAFF)
    privacy_analysis.register()
