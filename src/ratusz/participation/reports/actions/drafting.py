"""A report is begun with its annexes, and its own texts are written."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_range
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.reports import rules
from ratusz.participation.reports.actions.annexes import hang_suggested
from ratusz.participation.reports.models import Report


@transaction.atomic
def begin_report(*, consultation: Consultation, person: Any) -> Report:
    """The draft with the annexes that follow from the consultation; the one that is there where it was begun already.

    Where nobody handed anything in and the last day is over, the summary and what happens next are written, too: then only the
    signatures are missing. Raises NotYours, ReportRefused.
    """
    now = database_now()
    rules.check_may(person, "write", None, now)
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if known := Report.objects.filter(consultation=consultation).first():
        return known
    rules.check_draft(consultation, local_day(now))
    report = Report(
        consultation=consultation, created_at=now, created_by=person, what_next=consultation.what_next, contact=consultation.contact
    )
    if consultation.has_ended(local_day(now)) and not consultation.intakes.exists():
        report.in_short, next_step = _said_of_nothing(consultation)
        report.what_next = report.what_next or next_step
    report.save()
    hang_suggested(report)
    record(deed="reports.begin", subject=report, after={"consultation": consultation.pk}, actor=person)
    return report


def _said_of_nothing(consultation: Consultation) -> tuple[str, str]:
    days = polish_range(consultation.starts_on, consultation.ends_on) if consultation.starts_on and consultation.ends_on else ""
    short = _("We asked residents about: %(title)s (%(days)s). No remarks came in.")
    next_step = _("The draft goes on to the decision as it was consulted. Who decides: %(who)s.")
    who = consultation.decided_by or _("President of the city")
    return short % {"title": consultation.title, "days": days}, next_step % {"who": who}


TEXTS = ("in_short", "what_next", "contact", "campaign_notes")


@transaction.atomic
def write_texts(*, report: Report, person: Any, **texts: str) -> Report:
    """Keeps the texts that staff write; a published version does not change by it. Raises NotYours."""
    rules.check_may(person, "write", report, database_now())
    report = Report.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=report.pk)
    changed = [name for name in TEXTS if name in texts and getattr(report, name) != texts[name].strip()]
    for name in changed:
        setattr(report, name, texts[name].strip())
    if changed:
        report.save(update_fields=changed)
        record(deed="reports.write_texts", subject=report, after={"texts": changed}, actor=person)
    return report
