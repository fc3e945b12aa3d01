"""What came of it is noted: the outcome, each promised effect, and every step of it to the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.registries import tell
from ratusz.participation.reports import rules
from ratusz.participation.reports.models import Effect, EffectState, EffectStep, Outcome, Report

CLOCK = "consultation.effect"


@transaction.atomic
def note_outcome(*, report: Report, kind: str, decided_on: date, words: str, person: Any, act: str = "", url: str = "") -> Outcome:
    """What the Council decided; followers are told. Raises NotYours, ReportRefused."""
    now = database_now()
    rules.check_may(person, "write", report, now)
    report = Report.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=report.pk)
    rules.check_reported(report)
    if decided_on > local_day(now):
        raise rules.ReportRefused(_("This day is still to come. Note the decision after it is taken."))
    made = Outcome.objects.create(
        report=report,
        kind=kind,
        decided_on=decided_on,
        words=words.strip(),
        act=act.strip(),
        url=url,
        noted_at=now,
        noted_by=person,
    )
    record(deed="reports.note_outcome", subject=made, after={"kind": kind, "day": str(decided_on)}, actor=person)
    tell(report.consultation, "outcome")
    return made


@transaction.atomic
def add_effect(
    *, report: Report, title: str, unit: Unit, due_on: date, person: Any, remarks: list[int] | None = None, url: str = ""
) -> Effect:
    """A promised effect with its day; its clock warns the unit. Raises NotYours, ReportRefused."""
    now = database_now()
    rules.check_may(person, "write", report, now)
    report = Report.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=report.pk)
    rules.check_reported(report)
    rules.check_effect(EffectState.IN_PROGRESS, "", due_on, local_day(now))
    known = set(report.consultation.remarks.filter(number__in=remarks or []).values_list("number", flat=True))
    rules.check_remarks(set(remarks or []) - known)
    made = Effect.objects.create(
        report=report, title=title.strip()[:300], unit=unit, due_on=due_on, remarks=remarks or [], url=url, made_at=now
    )
    _start(made)
    record(deed="reports.add_effect", subject=made, after={"unit": unit.short_name, "due_on": str(due_on)}, actor=person)
    return made


def _start(effect: Effect) -> None:
    url = reverse("reports_effects", args=[effect.report_id])
    due = end_of_day(effect.due_on or local_day(database_now()) + timedelta(days=1))
    start_clock(rule=CLOCK, subject=effect.key, label=effect.title[:200], url=url, unit=effect.unit, due_at=due)


@transaction.atomic
def tell_effect(*, effect: Effect, state: str, words: str, person: Any, due_on: date | None = None, url: str = "") -> EffectStep:
    """What happened with an effect: done, given up with the reason, or in progress until another day.

    Raises NotYours, ReportRefused.
    """
    now = database_now()
    rules.check_may(person, "tell", effect, now)
    effect = Effect.objects.select_for_update(of=("self",)).select_related("report__consultation", "unit").get(pk=effect.pk)
    if effect.state != EffectState.IN_PROGRESS:
        raise rules.ReportRefused(_("This effect came to its end already."))
    day = due_on or effect.due_on if state == EffectState.IN_PROGRESS else None
    rules.check_effect(state, words, day, local_day(now))
    before = effect.state
    effect.state, effect.due_on, effect.url = state, day, url or effect.url
    effect.reason = words.strip() if state == EffectState.DROPPED else ""
    effect.save(update_fields=["state", "due_on", "url", "reason"])
    made = EffectStep.objects.create(effect=effect, state=state, words=words.strip(), due_on=day, told_at=now, told_by=person)
    stop_clock(rule=CLOCK, subject=effect.key, event=state if state != EffectState.IN_PROGRESS else "moved")
    if state == EffectState.IN_PROGRESS:
        _start(effect)
    record(deed="reports.tell_effect", subject=effect, before={"state": before}, after={"state": state}, actor=person)
    return made
