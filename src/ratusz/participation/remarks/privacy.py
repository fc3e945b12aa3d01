"""Where personal data lie in the register of remarks: whoever handed something in. The remarks and their numbers stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.remarks import privacy_analysis
from ratusz.participation.remarks.actions import forgetting
from ratusz.participation.remarks.models import Complaint, Follower, Intake, PaperReading

STAFF = "konto pracownika, który to zrobił w swojej roli"
TASK = "art. 6 ust. 1 lit. c i e RODO w związku z art. 5a u.s.g.; do potwierdzenia z inspektorem ochrony danych"
RETENTION = (
    "5 lat po ostatnim dniu konsultacji (ustawienie z datą, do potwierdzenia z archiwistą); potem zostają same uwagi i liczby"
)
KEPT = _("the remark itself, which belongs to the report of the consultation (art. 17 ust. 3 lit. b RODO)")


def _intakes_at(addresses: Iterable[Address]):
    return Intake.objects.filter(contact__in=list(addresses)).order_by("pk")


def _followers_at(addresses: Iterable[Address]):
    return Follower.objects.filter(address__in=list(addresses)).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    count = forgetting.erase_authors(intakes=_intakes_at([address]))
    return count + forgetting.erase_followers(followers=_followers_at([address]))


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return _intakes_at(addresses_of(person)).values(
        "receipt", "consultation__title", "channel", "received_at", "state", "author_name", "author_address", "contact__value",
        "organisation", "answers",
    )  # fmt: skip


def _export_complaints(person: Any) -> Iterable[dict[str, Any]]:
    return Complaint.objects.filter(intake__in=_intakes_at(addresses_of(person))).values(
        "words", "made_at", "answer", "answered_at"
    )


def _export_followers(person: Any) -> Iterable[dict[str, Any]]:
    return _followers_at(addresses_of(person)).values(
        "remark__number", "remark__consultation__title", "followed_at", "address__value"
    )


def _export_readings(person: Any) -> Iterable[dict[str, Any]]:
    return PaperReading.objects.filter(paper__intake__in=_intakes_at(addresses_of(person))).values("facts", "made_at")


def _erase(person: Any) -> int:
    return forgetting.erase_authors(intakes=_intakes_at(addresses_of(person)))


def register() -> None:
    """Fills the registry of personal data. `forget_past` cleans it: only remarks and counts remain."""
    shared = {"legal_basis": TASK, "retention": RETENTION, "kept_because": KEPT}
    register_personal_data(
        Intake, fields=("author_name", "author_address", "contact", "answers"), export=_export, erase=_erase,
        purpose=_("to count each voice once and to answer its author"), **shared,
    )  # fmt: skip
    register_personal_data(
        Complaint, fields=("words",), export=_export_complaints, erase=lambda person: 0,
        purpose=_("to look again at a rejected intake"), **shared,
    )  # fmt: skip
    register_personal_data(
        PaperReading, fields=("facts",), export=_export_readings, erase=lambda person: 0,
        purpose=_("to enter paper without mistakes, by two people"), **shared,
    )  # fmt: skip
    register_personal_data(
        Follower, fields=("address",), export=_export_followers,
        erase=lambda person: forgetting.erase_followers(followers=_followers_at(addresses_of(person))),
        purpose=_("to write about remarks that somebody chose"), legal_basis="art. 6 ust. 1 lit. a RODO: zgoda",
        retention="do rezygnacji",
    )  # fmt: skip
    for name in (
        "Cluster.made_by", "Position.written_by", "Position.approved_by", "Intake.judged_by", "Intake.second_by",
        "Intake.entered_by",
        "Complaint.answered_by", "Remark.checked_by", "PaperReturn.made_by", "PaperReading.clerk",
    ):  # fmt: skip
        not_personal.register(f"ratusz_remarks.{name}", STAFF)
    not_personal.register("ratusz_remarks.RemarkLetter.found_by", "sposób, w jaki znaleziono konsultacje, nie osoba")
    privacy_analysis.register()
