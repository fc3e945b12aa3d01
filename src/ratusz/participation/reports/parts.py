"""What a consultation's pages show of its report: when it comes or that it is late, and the report itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.nested_rows import instances, nested
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.registries import Part
from ratusz.participation.reports import rules
from ratusz.participation.reports.models import Effect, Outcome, Report, Version

NEWEST = "newest_report"


def newest() -> Subquery:
    """When the newest version went out and what came of it, asked together with the consultation."""
    of_report = {"report": OuterRef("report")}
    facts = JSONObject(
        day="published_at", outcomes=nested(Outcome.objects.filter(**of_report)), effects=nested(Effect.objects.filter(**of_report))
    )
    versions = Version.objects.published().filter(report__consultation=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values(facts=facts)[:1])


def of_public_page(consultation: Consultation, at: datetime) -> Part | None:
    """The newest version with what came of it; None before the first one."""
    found = consultation.__dict__.get(NEWEST) if consultation.reported_at else None
    if found is None:
        return None
    context = {
        "day": polish_date(datetime.fromisoformat(found["day"])), "url": reverse("reports:report", args=[consultation.slug]),
        "outcomes": instances(Outcome, found["outcomes"]), "effects": instances(Effect, found["effects"]),
    }  # fmt: skip
    return Part("reports/part.html", context, order=10)


def of_staff_page(consultation: Consultation, person: Any, at: datetime) -> Part | None:
    """Where its report is written, or the button that begins it."""
    if not rules.may(person, "see", None, at) or consultation.announced_at is None:
        return None
    report = Report.objects.filter(consultation=consultation).first()
    may_begin = report is None and consultation.label == Consultation.Label.FORMAL and rules.may(person, "write", None, at)
    return Part("reports/staff/part.html", {"report": report, "consultation": consultation, "may_begin": may_begin}, order=80)
