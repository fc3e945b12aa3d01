"""Reads of consultations: the lists with their filters, one with all that its page shows, feeds, and who sees which."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)  # fmt: skip
from django.db.models.functions import JSONObject

from ratusz.foundation.kit.nested_rows import instances, nested
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.models import Area, Consultation, Extension, Form, Notice, Opinion
from ratusz.participation.consultations.registries import asked_at_once, bring_things
from ratusz.publishing.following.registries import Thing

STAGES = ("running", "announced", "overdue", "report_due", "finished")
"""As they stand on the public list."""


def in_stage(rows: QuerySet[Consultation], stage: str, day: date) -> QuerySet[Consultation]:
    """Narrowed to one stage of the public list; the same as rules.stage_of says of each."""
    if stage == "plan":
        return rows.filter(announced_at=None)
    return rows.exclude(announced_at=None).annotate(rank=_rank(day)).filter(rank=STAGES.index(stage))


def _rank(day: date) -> Case:
    """The place of the stage in STAGES; `report_on` and `closed_on` come from with_report_day."""
    done = Q(reported_at__isnull=False) | Q(archived_at__isnull=False)
    is_over = Q(cancelled_at__isnull=False) | Q(ends_on__lt=day)
    owes = is_over & Q(label=Consultation.Label.FORMAL)
    return Case(
        When(done, then=Value(4)), When(owes & Q(report_days__gt=0, report_on__lt=day), then=Value(2)), When(owes, then=Value(3)),
        When(is_over, then=Value(4)), When(starts_on__lte=day, then=Value(0)), default=Value(1), output_field=IntegerField(),
    )  # fmt: skip


def listed(rows: QuerySet[Consultation], chosen: dict[str, Any], day: date) -> QuerySet[Consultation]:
    """Narrowed by what a form chose (stage, district, mode, year, text, label) and in order: what one can do now first."""
    rows = rows.with_report_day()  # type: ignore[attr-defined]
    if stage := chosen.get("stage"):
        rows = in_stage(rows, stage, day)
    if district := chosen.get("district"):
        own = Area.objects.filter(Q(district=district) | Q(kind=Area.Kind.CITY)).values("consultation")
        rows = rows.filter(pk__in=own)
    if mode := chosen.get("mode"):
        rows = rows.filter(modes__contains=[mode])
    if label := chosen.get("label"):
        rows = rows.filter(label=label)
    if year := chosen.get("year"):
        rows = rows.filter(starts_on__year=year)
    if text := (chosen.get("text") or "").strip():
        rows = rows.filter(
            Q(title__icontains=text) | Q(number__iexact=text) | Q(subject__icontains=text) | Q(order_number__iexact=text)
        )
    # What runs by its end, what comes by its beginning, what is late the longest first, the rest from the newest.
    soonest = Case(When(rank=0, then=F("ends_on")), When(rank=1, then=F("starts_on")), default=None, output_field=DateField())
    return rows.annotate(rank=_rank(day)).annotate(soonest=soonest).order_by("rank", "soonest", "-starts_on", "-pk")


def with_row_facts(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """What a row of a list shows; one more query however many rows."""
    return rows.select_related("owner_unit").prefetch_related(Prefetch("areas", Area.objects.select_related("district")))


def years_of(rows: QuerySet[Consultation]) -> list[int]:
    """Years in which consultations began, the newest first."""
    return [day.year for day in rows.exclude(starts_on=None).dates("starts_on", "year", order="DESC")]


def stage_counts(rows: QuerySet[Consultation], day: date) -> dict[str, int]:
    """How many stand in each stage of the public list; one query."""
    counted = rows.with_report_day().annotate(rank=_rank(day)).order_by().values("rank").annotate(count=Count("pk"))  # type: ignore[attr-defined]
    found = {STAGES[row["rank"]]: row["count"] for row in counted}
    return {stage: found.get(stage, 0) for stage in STAGES}


FEW: dict[str, type[Extension | Opinion]] = {"extensions": Extension, "opinions": Opinion}
"""What a consultation has none or a few of: brought with its own row."""


def whole(rows: QuerySet[Consultation]) -> Consultation | None:
    """The first of the rows with everything that its page shows, and what stands behind its forms.

    Three queries, one more where there are notices, and one for each kind of its forms.
    """
    few = {f"few_{name}": nested(model.objects.filter(consultation=OuterRef("pk"))) for name, model in FEW.items()}
    later = Consultation.objects.public().filter(follows=OuterRef("pk")).order_by("pk")
    asked = {name: give() for name, give in asked_at_once.items()} | {
        "has_notices": Exists(_notices(OuterRef("pk"))),
        "continued_by": Subquery(later.values(found=JSONObject(title="title", slug="slug"))[:1]),
    }
    found = rows.select_related("owner_unit", "owner_person", "follows").annotate(**few, **asked).first()
    if found is None:
        return None
    for name, model in FEW.items():
        kept = getattr(found, name).all()
        kept._result_cache = instances(model, found.__dict__[f"few_{name}"])
        found.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
    prefetch_related_objects(
        [found], Prefetch("areas", Area.objects.select_related("district")),
        Prefetch("forms", Form.objects.select_related("area__district")),
        Prefetch("notices", _notices(found) if found.__dict__["has_notices"] else Notice.objects.none()),
    )  # fmt: skip
    bring_things(found.forms.all())
    return found


def _notices(consultation: Any) -> QuerySet[Notice]:
    return Notice.objects.filter(consultation=consultation).select_related("file", "entered_by")


def seen_by(person: Any, at: datetime) -> QuerySet[Consultation]:
    """The consultations a member of staff sees: the department all, others those their units answer for."""
    from ratusz.foundation.units.models import Appointment

    if rules.may(person, "see", None, at):
        return Consultation.objects.all()
    units = Appointment.objects.in_force(at).filter(person=person.pk).values("unit")
    return Consultation.objects.filter(Q(owner_person=person.pk) | Q(owner_unit__in=units))


def of_district(district: District, day: date) -> QuerySet[Consultation]:
    """Public ones that concern the district and are not finished, in the order of the list."""
    rows: Any = listed(Consultation.objects.public(), {"district": district}, day)
    return with_row_facts(rows.filter(rank__lt=STAGES.index("finished")))


def thing(number: int, at: datetime) -> Thing | None:
    """For followers: the consultation while everybody may see it."""
    found = Consultation.objects.public().filter(pk=number).first()
    return Thing(found.key, found.title, found.get_absolute_url()) if found else None
