"""Lists of decisions with their filters, and the figures that the report and the public page share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Case, Count, DurationField, Exists, F, OuterRef, Prefetch, Q, When

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Appointment
from ratusz.governance.decisions import rules, wording
from ratusz.governance.decisions.models import Decision, DecisionPart, Evidence, Handover, Report
from ratusz.governance.decisions.models.decisions import ENDED_BY_REPORT, OPEN, OVERDUE, DecisionQuerySet, State

SOON = timedelta(days=28)


class Median(Aggregate):
    """The middle value of the group."""

    function = "PERCENTILE_CONT"
    name = "Median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def figures(rows: DecisionQuerySet, at: datetime, by: str = "") -> list[dict[str, Any]]:
    """One row of counts for each value of `by` ("lead_unit", "district"), or one for all: the only place that counts decisions.

    Whoever shows a number of decisions takes it from here, so that the report and the public page cannot differ. One query.
    """
    found = rows.filter(taken_at__isnull=False).order_by()
    counts = _counts(local_day(at))
    if not by:
        return [_with_share(found.aggregate(**counts))]
    names = {"lead_unit": ("lead_unit_id", "lead_unit__name", "lead_unit__sort_key"),
             "district": ("district_id", "district__name", "district__sort_key")}[by]  # fmt: skip
    grouped = found.values(*names).annotate(**counts).order_by(F(names[2]).asc(nulls_last=True))
    return [_with_share({"id": row[names[0]], "name": row[names[1]] or "", **row}) for row in grouped]


def _counts(day: date) -> dict[str, Aggregate]:
    late = Q(OVERDUE, due_on__lt=day)
    returned = Exists(Handover.objects.filter(decision=OuterRef("pk"), kind=Handover.Kind.RETURNED))
    reported = Q(state__in=ENDED_BY_REPORT)
    return {
        "all": Count("pk"),
        "open": Count("pk", filter=Q(state__in=OPEN)),
        "soon": Count("pk", filter=Q(state__in=OPEN, suspended_at=None, due_on__gte=day, due_on__lte=day + SOON)),
        "late": Count("pk", filter=late),
        "late_week": Count("pk", filter=late & Q(due_on__gte=day - timedelta(days=7))),
        "late_month": Count("pk", filter=late & Q(due_on__lt=day - timedelta(days=7), due_on__gte=day - SOON)),
        "late_more": Count("pk", filter=late & Q(due_on__lt=day - SOON)),
        "suspended": Count("pk", filter=Q(state__in=OPEN, suspended_at__isnull=False)),
        "done": Count("pk", filter=Q(state=State.DONE)),
        "partly_done": Count("pk", filter=Q(state=State.PARTLY_DONE)),
        "not_feasible": Count("pk", filter=Q(state=State.NOT_FEASIBLE)),
        "ended": Count("pk", filter=reported),
        "in_time": Count("pk", filter=Q(state__in=(State.DONE, State.PARTLY_DONE)) & Q(reported_at__date__lte=F("due_on"))),
        "moved": Count("pk", filter=Q(due_on__gt=F("first_due_on"))),
        "returned": Count("pk", filter=returned),
        "median": Median(F("settled_at") - F("taken_at"), filter=reported),
    }


def _with_share(row: dict[str, Any]) -> dict[str, Any]:
    median: timedelta | None = row.pop("median")
    carried_out = row["done"] + row["partly_done"]
    share = round(100 * row["in_time"] / carried_out) if carried_out else None
    return {**row, "share": share, "median_days": round(median / timedelta(days=1)) if median is not None else None}


def of_year(rows: DecisionQuerySet, year: int | None) -> DecisionQuerySet:
    """Those taken in that year; all of them without one."""
    return rows.filter(taken_at__year=year) if year else rows


def filtered(rows: DecisionQuerySet, chosen: Mapping[str, Any], at: datetime) -> DecisionQuerySet:
    """By unit, district, topic and public state, whatever of them is chosen."""
    if unit := chosen.get("unit"):
        rows = rows.filter(Q(lead_unit=unit) | Exists(DecisionPart.objects.filter(decision=OuterRef("pk"), unit=unit)))
    for name in ("district", "topic"):
        if value := chosen.get(name):
            rows = rows.filter(**{name: value})
    if state := wording.BY_CODE.get(chosen.get("state") or ""):
        rows = rows.filter(state.q(local_day(at)))
    return rows


def in_order(rows: DecisionQuerySet, at: datetime) -> DecisionQuerySet:
    """Late ones first, then open ones by their day, then ended ones, the newest first."""
    late = Q(OVERDUE, due_on__lt=local_day(at))
    rank = Case(When(late, then=0), When(state__in=OPEN, then=1), When(state=State.DRAFT, then=2), default=3)
    return rows.annotate(rank=rank).order_by("rank", F("settled_at").desc(nulls_last=True), "due_on", "-pk")


def seen_by(person: Any, at: datetime) -> DecisionQuerySet:
    """What a member of staff may see on the board: all, or those of their own units."""
    rows = Decision.objects.all()
    if rules.may(person, "see_all", None, at):
        return rows
    units = units_of(person, at)
    helps = Exists(DecisionPart.objects.filter(decision=OuterRef("pk"), unit__in=units))
    own = Q(lead_unit__in=units) | Q(offered_to__in=units) | Q(person=person.pk)
    return rows.filter(own | helps).exclude(state=State.DRAFT)


def may_read_proof(person: Any, file: Any, at: datetime) -> bool:
    """Whoever sees the decision of which it is evidence."""
    found = Evidence.objects.filter(file=file.pk).select_related("report__decision").first()
    return found is not None and rules.may(person, "see", found.report.decision, at)


def units_of(person: Any, at: datetime, *roles: str) -> set[int]:
    """The units in which the person acts for the unit, and those below them."""
    from ratusz.foundation.units.models import Unit

    held = Appointment.objects.in_force(at).filter(person=person.pk, role__code__in=roles or rules.UNIT)
    units = set(held.values_list("unit_id", flat=True))
    while below := set(Unit.objects.filter(parent__in=units).exclude(pk__in=units).values_list("pk", flat=True)):
        units |= below
    return units


def for_list(rows: DecisionQuerySet) -> DecisionQuerySet:
    """With what a row of a list shows."""
    return rows.select_related("lead_unit", "district", "topic")


def for_card(rows: DecisionQuerySet) -> DecisionQuerySet:
    """With what the public card shows: public evidence of the accepted report, moved days, the course."""
    evidence = Prefetch("evidence", Evidence.objects.filter(is_public=True).select_related("file"), to_attr="shown_evidence")
    accepted = Prefetch(
        "reports", Report.objects.filter(answer=Report.Answer.ACCEPTED).select_related("unit").prefetch_related(evidence),
        to_attr="accepted_reports",
    )  # fmt: skip
    return rows.select_related(
        "lead_unit", "district", "topic", "meeting", "question", "follows", "replaced_by"
    ).prefetch_related(accepted, "due_changes", "changes", "parts__unit")  # fmt: skip
