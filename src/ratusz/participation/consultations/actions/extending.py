"""A consultation is extended: never shortened, before its end, told anew on every channel; days, windows and clocks follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.participation.consultations import registries, rules
from ratusz.participation.consultations.actions.notices import put_up_own_notice
from ratusz.participation.consultations.actions.steps import begin, noted, show
from ratusz.participation.consultations.models import Consultation, Extension, Notice


@transaction.atomic
def extend_consultation(
    *, consultation: Consultation, ends_on: date, reason: str, person: Any, order_number: str = "", ordered_on: date | None = None
) -> Extension:
    """Moves the last day on. The portal's notice is put up at once; every other channel of the modes needs a new one with evidence.

    The end of the window for meetings and the day of the report follow the new last day. Raises NotYours, ConsultationRefused.
    """
    fresh, at = begin(consultation, "extend", person)
    rules.check_extension(fresh, ends_on, reason, local_day(at))
    assert fresh.ends_on is not None
    made = Extension.objects.create(
        consultation=fresh, was_ends_on=fresh.ends_on, ends_on=ends_on, reason=reason.strip(), order_number=order_number.strip(),
        ordered_on=ordered_on, extended_at=at, extended_by=person,
    )  # fmt: skip
    fresh.ends_on = ends_on
    fresh.save(update_fields=["ends_on"])
    if fresh.is_formal:
        put_up_own_notice(fresh, at, person, Notice.Occasion.EXTENSION, made)
    noted("extend", fresh, person, {"ends_on": made.was_ends_on}, ends_on=ends_on, reason=made.reason)
    registries.tell(fresh, "extended")
    words = _("The consultation takes longer: until %(day)s. %(reason)s")
    show(fresh, at, words % {"day": polish_date(ends_on), "reason": made.reason})
    return made
