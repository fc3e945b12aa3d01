"""People of appointments are forgotten: on their wish, and some days after the day; that somebody came stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ratusz.casework.advice import terms
from ratusz.casework.advice.models import Appointment, State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

BLANK: dict[str, Any] = {"name": "", "words": "", "needs": "", "contact": None, "code_handle": None}


@transaction.atomic
def erase_appointments(*, appointments: Iterable[Appointment]) -> int:
    """Erases at the person's request; what was still ahead is called off."""
    count = 0
    for each in list(appointments):
        mine, now = Appointment.objects.select_for_update().get(pk=each.pk), database_now()
        if mine.erased_at is None:
            if mine.state in (State.HELD, State.BOOKED):
                mine.state, mine.ended_at = State.CANCELLED, now
            for name, value in BLANK.items():
                setattr(mine, name, value)
            mine.erased_at = now
            mine.save()
            record(deed="advice.erase_appointment", subject=mine, after={"state": mine.state})
            count += 1
    return count


@transaction.atomic
def forget_past(*, at: datetime | None = None) -> int:
    """Every night: who came long enough ago is forgotten, and a time whose code nobody typed is deleted."""
    now = at or database_now()
    Appointment.objects.filter(state=State.HELD, made_at__lt=now - timedelta(days=1)).delete()
    old = Appointment.objects.filter(ends_at__lt=now - timedelta(days=terms.term("kept_days", now)), erased_at=None)
    # Nobody noted whether they came: the day is over, and the count says so.
    old.filter(state=State.BOOKED).update(state=State.MISSED, ended_at=now)
    return old.update(**BLANK, erased_at=now)
