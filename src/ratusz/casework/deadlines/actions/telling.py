"""Tells, once each, of what clocks warn of and which are late; the clock's own row is the queue, so a missed run loses nothing."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from ratusz.casework.deadlines.models import Clock, ClockWarning
from ratusz.casework.deadlines.reckoning import steps
from ratusz.casework.deadlines.registries import clock_listeners
from ratusz.foundation.kit.clock import database_now

BATCH = 500
AFTER_A_FAILURE = timedelta(minutes=10)
logger = logging.getLogger(__name__)


def tell_of_clocks() -> int:
    """Tells every step whose moment has come and that was not told for this term; returns how many clocks had something to say.

    A listener that fails takes back what was told of its clock; that clock is asked again in ten minutes, the others go on.
    """
    now = database_now()
    due = Clock.objects.running().filter(paused_at=None, tell_at__lte=now).order_by("tell_at")
    numbers = list(due.values_list("pk", flat=True)[:BATCH])
    for number in numbers:
        try:
            _tell_of(number, now)
        except Exception:
            logger.exception("A listener failed", extra={"clock": number})
            Clock.objects.filter(pk=number).update(tell_at=now + AFTER_A_FAILURE)
    return len(numbers)


@transaction.atomic
def _tell_of(number: int, now: datetime) -> None:
    clock = Clock.objects.select_for_update(skip_locked=True).running().filter(pk=number, paused_at=None).first()
    if clock is None or clock.due_at is None:
        return
    ahead = None
    for moment, step in steps(clock.rule, clock.started_at, clock.due_at):
        if moment > now:
            ahead = moment
            break
        _told, is_new = ClockWarning.objects.get_or_create(clock=clock, step=step, due_at=clock.due_at, defaults={"told_at": now})
        if is_new:
            for listener in clock_listeners:
                listener(clock, step)
    # By number: a listener may have stopped or extended it, and then its own row knows better.
    Clock.objects.filter(pk=number, due_at=clock.due_at, stopped_at=None).update(tell_at=ahead)
