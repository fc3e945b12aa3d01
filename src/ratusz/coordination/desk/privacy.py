"""Where personal data lie on the desk: who has which duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.coordination.desk.models import DutyTurn
from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.people.models import User

KEPT_FOR = timedelta(days=730)


def _turns_of(person: Any) -> Iterable[dict[str, Any]]:
    found = DutyTurn.objects.filter(person=person) if isinstance(person, User) else DutyTurn.objects.none()
    return found.values("kind", "starts", "ends")


def _kept(person: Any) -> int:
    """Who was on duty says who was allowed to publish alone."""
    return 0


def _long_over(at: datetime):
    return DutyTurn.objects.over_since(at - KEPT_FOR)


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        DutyTurn, fields=("person", "starts", "ends", "set_by"), purpose=_("to know who was on duty and so might publish alone"),
        legal_basis="art. 6 ust. 1 lit. c i e RODO; regulamin urzędu", retention="dwa lata od końca dyżuru",
        retention_days=KEPT_FOR.days, past=_long_over, export=_turns_of, erase=_kept,
        kept_because=_("who had the duty answers for what went out then: art. 17 ust. 3 lit. b RODO"),
    )  # fmt: skip
