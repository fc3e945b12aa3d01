"""What every deed on a building shares: the lock, who acts, the step of its course, its clocks, the record, the followers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.delivery.wording import told
from ratusz.participation.projects.models import Delivery, DeliveryState, DeliveryStep
from ratusz.publishing.following.actions import tell_of_thing
from ratusz.publishing.website.actions import bump_content_version, refresh_after_commit

REPORT, DAY = "delivery.report", "delivery.day"
"""The two clocks: a report every few months, and the nearest planned day."""


def locked(delivery: Delivery) -> Delivery:
    """The row as it is now, held until the end of the transaction."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("project__pool", "project__edition", "unit")
    return rows.get(pk=delivery.pk)


def begin(delivery: Delivery, deed: str, person: Any, by_unit: Unit | None = None) -> tuple[Delivery, datetime]:
    """Locks, reads the clock, checks the right. Raises NotYours, DeliveryRefused."""
    delivery, at = locked(delivery), database_now()
    rules.check_may(person, deed, delivery, at, by_unit)
    return delivery, at


def keep(
    delivery: Delivery, deed: str, person: Any, at: datetime, *, kind: str, day: date | None = None, text: str = "",
    unit: Unit | None = None, before: dict[str, Any] | None = None, **after: Any,
) -> DeliveryStep:  # fmt: skip
    """Saves the row, adds the step, records the deed; what everybody may read is told to followers and shows at once."""
    delivery.save()
    step = DeliveryStep.objects.create(
        delivery=delivery, kind=kind, stage=delivery.stage, day=day or local_day(at), text=text, happened_at=at, by=person,
        unit=unit or delivery.unit,
    )  # fmt: skip
    record(deed=f"projects.{deed}", subject=delivery, before=before, after={"state": delivery.state, **after}, actor=person)
    if kind not in DeliveryStep.INSIDE:
        tell_of_thing(thing=delivery.key, text=told(step), at=at)
        bump_content_version()
        refresh_after_commit(source="budget", key=f"project:{delivery.project.edition.slug}/{delivery.project.slug}")
    return step


def set_clocks(delivery: Delivery, at: datetime, *, is_reported: bool = False) -> None:
    """The clocks as the row says now: none for what came to its end, waits for confirmation or has no unit."""
    goes = delivery.state == DeliveryState.OPEN and delivery.unit is not None
    if is_reported:
        stop_clock(rule=REPORT, subject=delivery.key, event="reported")
    elif not goes:
        stop_clock(rule=REPORT, subject=delivery.key, event="ended")
    next_on = Delivery.objects.with_days().get(pk=delivery.pk).next_on if goes else None
    stop_clock(rule=DAY, subject=delivery.key, event="moved" if goes else "ended")
    if not goes:
        return
    facts: dict[str, Any] = {
        "subject": delivery.key, "label": str(delivery.project), "url": reverse("projects_delivery", args=[delivery.pk]),
        "unit": delivery.unit,
    }  # fmt: skip
    start_clock(rule=REPORT, **facts)
    if next_on is not None:
        start_clock(rule=DAY, due_at=end_of_day(next_on), **facts)
