"""Where personal data of residents lie in decisions: the addresses of those who asked and of those who follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.models import Asker, Follower

STAFF = "numer konta pracownika: kto w Urzędzie zrobił to z ustaleniem; rozliczalność (art. 5 ust. 2 RODO)"
KEPT_DAYS = 365
"""After a decision ended nobody is written to any more."""


def _askers(person: Any):
    return Asker.objects.filter(address__in=addresses_of(person))


def _erase_askers(person: Any) -> int:
    return actions.forget_askers(askers=_askers(person))


def _export_askers(person: Any) -> Iterable[dict[str, Any]]:
    return _askers(person).order_by("pk").values("decision__number", "added_at")


def _followers(person: Any):
    return Follower.objects.filter(address__in=addresses_of(person))


def _export_followers(person: Any) -> Iterable[dict[str, Any]]:
    return _followers(person).order_by("pk").values("decision__number", "followed_at")


def _erase_followers(person: Any) -> int:
    return sum(actions.forget_address(address=address) for address in addresses_of(person))


def past_askers(moment: datetime):
    """Of decisions that ended a year before that moment."""
    from datetime import timedelta

    return Asker.objects.filter(decision__settled_at__lt=moment - timedelta(days=KEPT_DAYS), address__isnull=False)


def register() -> None:
    """Fills the registries of personal data."""
    register_personal_data(
        Asker, fields=("address",), purpose=_("to tell the person who asked what came of it"),
        legal_basis="art. 6 ust. 1 lit. e RODO (zadanie publiczne: odpowiedź osobie, która pyta)",
        retention="rok po zakończeniu ustalenia", retention_days=KEPT_DAYS, export=_export_askers, erase=_erase_askers,
        past=past_askers,
    )  # fmt: skip
    register_personal_data(
        Follower, fields=("address",), purpose=_("to write to the person about a decision they follow"),
        legal_basis="zgoda (art. 6 ust. 1 lit. a RODO)", retention="do wycofania zgody", retention_days=1,
        export=_export_followers, erase=_erase_followers,
        past=lambda moment: Follower.objects.without_consent().filter(followed_at__lt=moment),
    )  # fmt: skip
    for field in (
        "Decision.person", "Decision.taken_by", "Decision.reported_by", "Decision.settled_by", "DecisionPart.closed_by",
        "DueDateChange.changed_by", "Evidence.added_by", "Handover.person", "LaterDayRequest.asked_by",
        "LaterDayRequest.answered_by", "Report.reported_by", "Report.answered_by",
    ):  # fmt: skip
        not_personal.register(f"ratusz_decisions.{field}", STAFF)
    not_personal.register("ratusz_decisions.Decision.replaced_by", "inne ustalenie, nie osoba")
    not_personal.register("ratusz_decisions.CouncillorQuestion.councillor", "radny jako osoba publiczna (art. 24 ust. 7 u.s.g.)")
