"""Reports that wait for somebody's signature, told for the desk without reading their registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import Remark
from ratusz.participation.remarks.queries import unanswered
from ratusz.participation.reports import rules
from ratusz.participation.reports.models import Report, SignOff

MOST = 50


def for_signature(person: Any, at: datetime, *, named_only: bool) -> Iterator[Report]:
    """Reports whose next step this person signs; with `named_only` those whose plan names the person.

    The gate decides when it is signed. Here a report counts as ready when its texts are written and every remark that owes a
    position has one; a position approved after a signature asks for that signature again.
    """
    for report in _written(person, at, named_only):
        step = next_step(report)
        if step is not None and rules.may(person, f"sign.{step.value}", report, at) and _is_answered(report.consultation, at):
            yield report


def _written(person: Any, at: datetime, named_only: bool) -> QuerySet[Report]:
    owing = Consultation.objects.owing_a_report(local_day(at))
    if named_only:
        owing = owing.filter(owner_person=person.pk)
    written = Report.objects.filter(consultation__in=owing).exclude(in_short="").exclude(what_next="")
    newest = Max("consultation__remarks__positions__approved_at")
    rows = written.annotate(answered_at=newest).select_related("consultation__owner_unit")
    return rows.prefetch_related("signoffs").order_by("consultation__ends_on", "pk")[:MOST]


def next_step(report: Report) -> SignOff.Step | None:
    """The first step of the chain without a signature under the newest content that anybody signed; None: all are there."""
    signed = [each for each in report.signoffs.all() if report.answered_at is None or each.signed_at >= report.answered_at]  # type: ignore[attr-defined]
    held = rules.signed_steps(signed, signed[-1].digest) if signed else {}
    return next((step for step in rules.CHAIN if step not in held), None)


def _is_answered(consultation: Consultation, at: datetime) -> bool:
    return not Remark.objects.filter(unanswered(at), consultation=consultation).exists()
