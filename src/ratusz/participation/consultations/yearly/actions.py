"""The yearly plan is written by units, approved, published, changed with a reason; a subject becomes a consultation."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Consultation, PlannedSubject, YearPlan
from ratusz.participation.consultations.planned.actions import make_planned
from ratusz.participation.consultations.yearly import rules

FIELDS = ("title", "why", "unit", "first_month", "last_month", "scope_words", "forms")


@transaction.atomic
def propose_subject(*, year: int, facts: dict[str, Any], person: Any, form_key: uuid.UUID | None = None) -> PlannedSubject:
    """A subject for the plan of a year, by its unit; `facts` are FIELDS. The same form sent twice is one.

    Raises NotYours, PlanRefused.
    """
    now = database_now()
    rules.check_may(person, "write", facts["unit"], now)
    rules.check_year(year)
    rules.check_months(facts["first_month"], facts["last_month"])
    plan, _is_new = YearPlan.objects.get_or_create(year=year)
    start = facts | {"plan": plan, "made_at": now, "made_by": person}
    made, is_new = PlannedSubject.objects.get_or_create(form_key=form_key or uuid.uuid4(), defaults=start)
    if is_new:
        record(deed="consultations.propose_subject", subject=made, after={"year": year, "title": made.title}, actor=person)
    return made


@transaction.atomic
def change_subject(*, subject: PlannedSubject, facts: dict[str, Any], person: Any) -> PlannedSubject:
    """Changes a subject that has not begun; what is approved, the department alone. Raises NotYours, PlanRefused."""
    mine, now = _locked(subject), database_now()
    for unit in {mine.unit, facts["unit"]}:
        rules.check_may(person, "write", unit, now)
    rules.check_open(mine)
    rules.check_changing(mine, rules.may(person, "manage", None, now))
    rules.check_months(facts["first_month"], facts["last_month"])
    before = {name: str(getattr(mine, name)) for name in FIELDS}
    for name in FIELDS:
        setattr(mine, name, facts[name])
    mine.save()
    record(deed="consultations.change_subject", subject=mine, before=before, after={n: str(facts[n]) for n in FIELDS}, actor=person)
    return mine


@transaction.atomic
def approve_subject(*, subject: PlannedSubject, person: Any) -> PlannedSubject:
    """From now it stands in the published plan. Raises NotYours, PlanRefused."""
    mine, now = _locked(subject), database_now()
    rules.check_may(person, "approve", mine.unit, now)
    rules.check_open(mine)
    if mine.approved_at is None:
        mine.approved_at, mine.approved_by = now, person
        mine.save(update_fields=["approved_at", "approved_by"])
        record(deed="consultations.approve_subject", subject=mine, actor=person)
    return mine


@transaction.atomic
def drop_subject(*, subject: PlannedSubject, reason: str, person: Any) -> PlannedSubject:
    """It will not be consulted this year; the reason is public. Raises NotYours, PlanRefused."""
    mine, now = _locked(subject), database_now()
    rules.check_may(person, "write", mine.unit, now)
    rules.check_open(mine)
    rules.check_changing(mine, rules.may(person, "manage", None, now))
    if not reason.strip():
        raise rules.PlanRefused(_("Write why: everybody who reads the plan sees the reason."))
    mine.dropped_at, mine.drop_reason = now, reason.strip()[:1000]
    mine.save(update_fields=["dropped_at", "drop_reason"])
    record(deed="consultations.drop_subject", subject=mine, after={"reason": mine.drop_reason}, actor=person)
    return mine


@transaction.atomic
def publish_plan(*, plan: YearPlan, person: Any) -> YearPlan:
    """Everybody reads the approved subjects; those approved later stand there at once. Raises NotYours, PlanRefused."""
    now = database_now()
    rules.check_may(person, "approve", None, now)
    plan = YearPlan.objects.select_for_update().get(pk=plan.pk)
    if not plan.subjects.exclude(approved_at=None).exists():
        raise rules.PlanRefused(_("No subject is approved yet. Approve at least one."))
    if plan.published_at is None:
        plan.published_at, plan.published_by = now, person
        plan.save()
        record(deed="consultations.publish_plan", subject=plan, actor=person)
    return plan


@transaction.atomic
def begin_from_plan(*, subject: PlannedSubject, person: Any) -> Consultation:
    """A planned consultation with what the plan says; pressed twice it is one. Raises NotYours, PlanRefused."""
    mine, now = _locked(subject), database_now()
    rules.check_may(person, "manage", mine.unit, now)
    if mine.consultation is not None:
        return mine.consultation
    rules.check_open(mine)
    rules.check_approved(mine)
    facts = {"title": mine.title, "purpose": mine.why, "target_group": mine.scope_words, "owner_unit": mine.unit}
    mine.consultation = make_planned(facts=facts, areas=[], forms=mine.forms, person=person)
    mine.save(update_fields=["consultation"])
    record(deed="consultations.begin_from_plan", subject=mine, after={"consultation": mine.consultation.pk}, actor=person)
    return mine.consultation


def _locked(subject: PlannedSubject) -> PlannedSubject:
    return PlannedSubject.objects.select_for_update(of=("self",)).select_related("unit", "consultation", "plan").get(pk=subject.pk)
