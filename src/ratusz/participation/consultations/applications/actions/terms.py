"""How supporters are collected is set with its ground; the rows are never changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.applications import rules
from ratusz.participation.consultations.models import SupportTerms


@transaction.atomic
def set_support_terms(*, is_online: bool, asks_pesel: bool, ground: str, person: Any) -> SupportTerms:
    """From now supporters sign online or not, lists on paper ask for PESEL or not. Raises NotYours, ApplicationRefused."""
    now = database_now()
    rules.check_may(person, "set_terms", None, now)
    if not ground.strip():
        raise rules.ApplicationRefused(_("Write the article and the resolution that allow it: the ground is recorded."))
    made = SupportTerms.objects.create(
        is_online=is_online, asks_pesel=asks_pesel, ground=ground.strip(), set_at=now, set_by=person
    )  # fmt: skip
    record(
        deed="consultations.set_support_terms", subject=made, actor=person,
        after={"is_online": is_online, "asks_pesel": asks_pesel, "ground": made.ground},
    )  # fmt: skip
    return made
