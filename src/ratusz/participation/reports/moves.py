"""Reports that wait for a person: to be begun, to be signed, effects to be told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import Move
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.reports import rules, waiting
from ratusz.participation.reports.models import Effect, EffectState, Evidence, Report, Version

MOST = 50


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """What the person does next with reports; whoever a plan names signs and tells of effects without any role."""
    sees_all = rules.may(person, "see", None, at)
    if not sees_all and not Consultation.objects.filter(owner_person=person.pk).exists():
        return
    if sees_all:
        yield from _reports(person, at)
        yield from _inspection(person, at)
    yield from _signatures(person, at, named_only=not sees_all)
    yield from _effects(person, at, named_only=not sees_all)


def _signatures(person: Any, at: datetime, *, named_only: bool) -> Iterator[Move]:
    for report in waiting.for_signature(person, at, named_only=named_only):
        words = _("Read and sign the report: %(title)s") % {"title": report.consultation.title}
        yield Move(words, f"{reverse('reports_report', args=[report.pk])}#podpisy", since=report.created_at, kind="report")


def _inspection(person: Any, at: datetime) -> Iterator[Move]:
    """Newest versions of which nobody noted that they lie in the unit for everybody to read, as the resolution asks."""
    if not rules.may(person, "write", None, at):
        return
    later = Version.objects.published().filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    there = Evidence.objects.filter(version=OuterRef("pk"), place=Evidence.Place.UNIT)
    found = Version.objects.published().filter(~Exists(later), ~Exists(there), report__consultation__archived_at=None)
    for each in (
        found.defer("sections", "changes", "annexes").select_related("report__consultation").order_by("published_at")[:MOST]
    ):
        words = _("Lay the report out in the unit and note it: %(title)s") % {"title": each.report.consultation.title}
        yield Move(words, reverse("reports_report", args=[each.report_id]), since=each.published_at, kind="report")


def _reports(person: Any, at: datetime) -> Iterator[Move]:
    owing = Consultation.objects.owing_a_report(local_day(at)).order_by("ends_on")
    known = {each.consultation_id: each for each in Report.objects.filter(consultation__in=owing[:MOST])}
    may_write = rules.may(person, "write", None, at)
    for consultation in owing[:MOST]:
        report = known.get(consultation.pk)
        if may_write and report is None:
            url = reverse("reports_list")
            yield Move(_("Begin the report: %(title)s") % {"title": consultation.title}, url, kind="report")
        elif may_write and report is not None:
            words = _("Finish the report: %(title)s") % {"title": consultation.title}
            yield Move(words, reverse("reports_report", args=[report.pk]), since=report.created_at, kind="report")


def _effects(person: Any, at: datetime, *, named_only: bool) -> Iterator[Move]:
    opened = Effect.objects.filter(state=EffectState.IN_PROGRESS).select_related("unit", "report__consultation").order_by("due_on")
    if named_only:
        opened = opened.filter(report__consultation__owner_person=person.pk)
    for effect in opened[:MOST]:
        if rules.may(person, "tell", effect, at):
            words = _("Say what became of: %(title)s") % {"title": effect.title}
            due = end_of_day(effect.due_on) if effect.due_on else None
            yield Move(words, reverse("reports_effects", args=[effect.report_id]), due, kind="effect")
