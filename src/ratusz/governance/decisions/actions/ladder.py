"""The morning's run of the ladder: every step whose day has come and that was not told yet, one digest for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.notifications.actions import send
from ratusz.governance.decisions.actions.links import UNIT_PURPOSE, address_for
from ratusz.governance.decisions.due_days import steps_due
from ratusz.governance.decisions.ladder_pack import Step, ladder
from ratusz.governance.decisions.models import Decision, DecisionPart, LadderRun, LadderStep, PublicChange
from ratusz.governance.decisions.models.decisions import OPEN
from ratusz.governance.decisions.recipients import Directory, Recipient
from ratusz.publishing.website.actions import bump_content_version

BATCH = 2000


@dataclass(frozen=True)
class Due:
    """One step that is due for one decision."""

    decision: Decision
    due_on: date
    step: Step
    code: str
    day: date


@transaction.atomic
def run_ladder() -> int:
    """Tells what is due; gives back how many steps. Once a working day: what a stopped worker missed goes with the next run."""
    at = database_now()
    day = local_day(at)
    if not is_working_day(day) or LadderRun.objects.filter(day=day).exists():
        return 0
    run, is_first = LadderRun.objects.get_or_create(day=day, defaults={"ran_at": at})
    if not is_first:
        return 0
    found = _found(day)
    rows = [
        LadderStep(decision=each.decision, due_on=each.due_on, step=each.code, planned_on=each.day, told_at=at) for each in found
    ]
    LadderStep.objects.bulk_create(rows, batch_size=BATCH)
    _tell_everybody(found, at)
    _tell_staff(found, at, day)
    run.steps = len(found)
    run.save(update_fields=["steps"])
    record(deed="decisions.run_ladder", subject=f"decisions.ladder:{day}", after={"steps": run.steps})
    return run.steps


def _found(day: date) -> list[Due]:
    """Every step due by that day that was not told for this due day."""
    fields = ("number", "title", "state", "due_on", "taken_at", "reported_at", "lead_unit_id", "person_id", "is_public")
    open_ones = Decision.objects.filter(state__in=OPEN, suspended_at=None).only(*fields)
    decisions = open_ones.annotate(moved_at=Max("due_changes__changed_at")).order_by("due_on", "pk")
    told = set(LadderStep.objects.filter(decision__state__in=OPEN).values_list("decision_id", "due_on", "step"))
    steps, found = ladder().steps_on(day), []
    for decision in decisions:
        assert decision.taken_at is not None and decision.due_on is not None
        taken, reported = local_day(decision.taken_at), decision.reported_at and local_day(decision.reported_at)
        counts_from = local_day(decision.moved_at) if decision.moved_at else taken
        for step, when in steps_due(steps, taken, decision.due_on, reported, day, counts_from):
            # A report that was sent back and came again waits anew.
            code = f"{step.code}:{reported}" if step.when == "reported" else step.code
            is_started = step.when == "taken" and decision.moved_at is not None
            if (decision.pk, decision.due_on, code) not in told and not is_started:
                found.append(Due(decision, decision.due_on, step, code, when))
    return found


def _tell_everybody(found: list[Due], at: datetime) -> None:
    """The day was missed: the card says so by itself, followers and askers get a message."""
    missed = [each.decision for each in found if each.step.is_public and each.decision.is_public]
    rows = [PublicChange(decision=each, kind=PublicChange.Kind.OVERDUE, due_on=each.due_on, happened_at=at) for each in missed]
    PublicChange.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    if rows:
        bump_content_version()


def _tell_staff(found: list[Due], at: datetime, day: date) -> None:
    directory = Directory(at)
    helpers = _helpers(found)
    lists: dict[Recipient, dict[int, Due]] = defaultdict(dict)
    for each in found:
        for recipient in _recipients(each, directory, helpers):
            known = lists[recipient].get(each.decision.pk)
            # After a pause several steps of one decision are due at once: the person reads the latest.
            if known is None or known.day <= each.day:
                lists[recipient][each.decision.pk] = each
    for recipient, to in directory.reached(lists).items():
        _send_digest(recipient, to, list(lists[recipient].values()), at, day)


def _helpers(found: list[Due]) -> dict[int, list[int]]:
    wanted = [each.decision.pk for each in found if "helpers" in each.step.to]
    parts = DecisionPart.objects.filter(decision__in=wanted, state=DecisionPart.State.OPEN).values_list("decision_id", "unit_id")
    helpers: dict[int, list[int]] = defaultdict(list)
    for decision, unit in parts:
        helpers[decision].append(unit)
    return helpers


def _recipients(each: Due, directory: Directory, helpers: dict[int, list[int]]) -> Iterable[Recipient]:
    decision = each.decision
    for name in each.step.to:
        if name == "head":
            yield from directory.heads_of(decision.lead_unit_id)
        elif name == "person":
            yield from directory.person(decision.person_id, decision.lead_unit_id)
        elif name == "helpers":
            for unit in helpers.get(decision.pk, ()):
                yield from directory.heads_of(unit)
        elif name == "office":
            yield from directory.office()
        else:
            yield from directory.post(name)


MOST_LINES = 30
"""Of one digest: nobody reads more on a morning, the rest stands on the board."""


def _send_digest(recipient: Recipient, to: Any, due: list[Due], at: datetime, day: date) -> None:
    kind, pk = recipient
    due = sorted(due, key=lambda each: (each.due_on, each.decision.number))
    root = settings.PUBLIC_ADDRESS.rstrip("/")
    rows = [
        {
            "decision": each.decision, "step": each.step.name, "due": polish_date(each.due_on),
            "url": address_for(each.decision.pk, pk, at) if kind == "unit"
            else root + reverse("decisions_decision", args=[each.decision.pk]),
        }
        for each in due[:MOST_LINES]
    ]  # fmt: skip
    context = {"rows": rows, "count": len(due), "more": max(0, len(due) - MOST_LINES)}
    send(
        to=to, purpose=UNIT_PURPOSE, template="decisions/mail/digest", context=context,
        dedup_key=f"decisions.ladder:{kind}:{pk}:{day}",
    )  # fmt: skip
