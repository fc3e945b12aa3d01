"""What a consultation's pages show of its report: when it comes or that it is late, and the report itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.registries import Part
from ratusz.participation.reports import rules
from ratusz.participation.reports.models import Effect, Outcome, Report, Version

FOLLOWED = {
    "has_outcomes": Outcome.objects.filter(report=OuterRef("report")),
    "has_effects": Effect.objects.filter(report=OuterRef("report")),
}


def of_public_page(consultation: Consultation, at: datetime) -> Part | None:
    """The newest version with what came of it; None before the first one."""
    if consultation.reported_at is None:
        return None
    found = Version.objects.published().filter(report__consultation=consultation).defer("sections", "changes", "annexes")
    version = found.annotate(**{name: Exists(some) for name, some in FOLLOWED.items()}).order_by("-number").first()
    if version is None or version.published_at is None:
        return None
    outcomes, effects = Outcome.objects.filter(report=version.report_id), Effect.objects.filter(report=version.report_id)
    context = {
        "version": version, "day": polish_date(version.published_at),
        "url": reverse("reports:report", args=[consultation.slug]),
        "outcomes": list(outcomes) if version.has_outcomes else [],
        "effects": list(effects.select_related("unit")) if version.has_effects else [],
    }  # fmt: skip
    return Part("reports/part.html", context, order=10)


def of_staff_page(consultation: Consultation, person: Any, at: datetime) -> Part | None:
    """Where its report is written, or the button that begins it."""
    if not rules.may(person, "see", None, at) or consultation.announced_at is None:
        return None
    report = Report.objects.filter(consultation=consultation).first()
    may_begin = report is None and consultation.label == Consultation.Label.FORMAL and rules.may(person, "write", None, at)
    return Part("reports/staff/part.html", {"report": report, "consultation": consultation, "may_begin": may_begin}, order=80)
