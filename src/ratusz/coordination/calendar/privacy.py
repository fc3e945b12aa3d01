"""Where personal data lie in elections mode: candidates of a public list, staff who decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.coordination.calendar.models import Candidate, Election, HeldItem
from ratusz.coordination.calendar.rules import CANDIDATES_KEPT_FOR
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.people.models import User

DUTY = "art. 6 ust. 1 lit. c i e RODO; art. 104–108 Kodeksu wyborczego"


def _kept(person: Any) -> int:
    """The list is public and goes by itself; who decided stays with the decision."""
    return 0


def _nobody(person: Any) -> Iterable[dict[str, Any]]:
    """The list has no address: a namesake with an account is somebody else."""
    return ()


def _decided(person: Any) -> Iterable[dict[str, Any]]:
    found = HeldItem.objects.filter(decided_by=person) if isinstance(person, User) else HeldItem.objects.none()
    return found.values("title", "decision", "reason", "decided_at")


def _entered(person: Any) -> Iterable[dict[str, Any]]:
    found = Election.objects.filter(made_by=person) if isinstance(person, User) else Election.objects.none()
    return found.values("name", "made_at")


def _long_over(at: datetime):
    return Candidate.objects.long_over(local_day(at - CANDIDATES_KEPT_FOR))


def register() -> None:
    """Fills the registry of personal data."""
    public = _("candidates stand on a public list: art. 17 ust. 3 lit. b RODO; it goes half a year after the voting")
    deciding = _("who decided what leaves in an election: art. 17 ust. 3 lit. b RODO")
    register_personal_data(
        Candidate, fields=("first_name", "last_name", "committee", "first_forms", "last_forms"), legal_basis=DUTY,
        purpose=_("to promote no candidate by the city's means"), retention="pół roku po głosowaniu; z publicznej listy kandydatów",
        retention_days=CANDIDATES_KEPT_FOR.days, past=_long_over, export=_nobody, erase=_kept, kept_because=public,
    )  # fmt: skip
    register_personal_data(
        HeldItem, fields=("tried_by", "decided_by", "reason"), purpose=_("to know who decided what leaves in an election"),
        legal_basis=DUTY, retention="jak akta komórki", export=_decided, erase=_kept, kept_because=deciding,
    )  # fmt: skip
    register_personal_data(
        Election, fields=("made_by",), purpose=_("to know who set up elections mode"), legal_basis=DUTY,
        retention="jak akta komórki", export=_entered, erase=_kept, kept_because=deciding,
    )  # fmt: skip
