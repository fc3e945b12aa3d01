"""Remarks go to the unit that answers, and are classified: who speaks, whether inside the area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.judging import locked
from ratusz.participation.remarks.actions.telling import note_for_all
from ratusz.participation.remarks.models import Change, Intake, Remark


@transaction.atomic
def route(*, remarks: Iterable[Remark], unit: Unit, person: Any) -> int:
    """The unit answers these remarks from now on; gives how many moved. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "run", None, now)
    if unit.closed_date is not None:
        raise rules.RemarkRefused(_("This unit is closed. Choose the one that took over its work."))
    wanted = Remark.objects.filter(pk__in=[each.pk for each in remarks]).exclude(unit=unit).order_by("pk")
    moved = list(wanted.select_for_update(of=("self",)).select_related("intake", "consultation"))
    Remark.objects.filter(pk__in=[each.pk for each in moved]).update(unit=unit)
    note_for_all(moved, Change.Kind.CLASSIFIED, _("The unit that answers: %(unit)s.") % {"unit": unit.name})
    for each in moved:
        record(deed="remarks.route", subject=each, before={"unit": each.unit_id}, after={"unit": unit.pk}, actor=person)
    return len(moved)


@transaction.atomic
def classify(*, intake: Intake, category: str, organisation: str = "", is_in_area: bool | None = None, person: Any) -> Intake:
    """Puts right who speaks for whom and whether it is inside the area; a number and a receipt never change. Raises NotYours."""
    rules.check_may(person, "run", intake, database_now())
    intake = locked(intake)
    before = {"category": intake.category, "organisation": intake.organisation, "is_in_area": intake.is_in_area}
    intake.category, intake.organisation, intake.is_in_area = category, organisation.strip(), is_in_area
    intake.save(update_fields=["category", "organisation", "is_in_area"])
    after = {"category": category, "organisation": intake.organisation, "is_in_area": is_in_area}
    record(deed="remarks.classify", subject=intake, before=before, after=after, actor=person)
    return intake
