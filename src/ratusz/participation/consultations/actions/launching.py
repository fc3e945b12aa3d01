"""A consultation is launched: the guard is asked, the rules are frozen, the page is public with its own notice as evidence."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.documents.actions import open_case
from ratusz.foundation.kit.dates import local_day, polish_range
from ratusz.participation.consultations import registries, rules, standing
from ratusz.participation.consultations.actions.notices import put_up_own_notice
from ratusz.participation.consultations.actions.steps import KEY, begin, noted, show
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.planned.actions import number_it


@transaction.atomic
def launch_consultation(*, consultation: Consultation, person: Any) -> Consultation:
    """Announces it to everybody. Launched twice it is launched once.

    Before its first day every notice the law asks for has to have its evidence; on the day itself what is missing is a warning to
    be mended the same day. The rules of its modes are frozen in it. Raises NotYours, ConsultationRefused with all that is missing.
    """
    fresh, at = begin(consultation, "launch", person)
    if fresh.announced_at is not None:
        return fresh
    findings = standing.findings_of(fresh, local_day(at), at_launch=True)
    rules.check_launch(fresh, findings, local_day(at))
    number_it(fresh)
    asked = standing.rules_of(fresh)
    fresh.rules, fresh.announced_at = asked.content, at
    fresh.report_days = max((each.days for each in asked.closings if each.clock == "consultation.report"), default=0)
    fresh.report_days = fresh.report_days or min((each.days for each in asked.closings if each.days), default=0)
    fresh.save()
    if fresh.is_formal:
        assert fresh.owner_unit is not None
        put_up_own_notice(fresh, at, person)
        url = f"/admin/konsultacje/{fresh.pk}/"
        open_case(kind=KEY, subject=fresh.key, title=fresh.title, unit=fresh.owner_unit, url=url, person=person)
    warned = [each.code for each in findings if each.level == "warn"]
    noted("launch", fresh, person, modes=fresh.modes, starts_on=fresh.starts_on, ends_on=fresh.ends_on, warned_of=warned)
    registries.tell(fresh, "announced")
    days = polish_range(fresh.starts_on, fresh.ends_on)  # type: ignore[arg-type]
    show(fresh, at, _("The consultation is announced: %(days)s.") % {"days": days})
    return fresh
