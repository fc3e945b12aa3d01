"""People of appointments are forgotten: on their wish, and some days after the day; that somebody came stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ratusz.casework.advice import terms
from ratusz.casework.advice.models import Appointment, State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

BLANK: dict[str, Any] = {"name": "", "words": "", "needs": "", "why": "", "contact": None, "code_handle": None}


def delete_unconfirmed(rows: QuerySet[Appointment]) -> int:
    """Deletes those of the rows whose code nobody has typed; within the caller's transaction, gives how many.

    The rows are locked first: Django deletes by numbers it has read, also one that is booked at that very moment.
    """
    waiting = rows.filter(state=State.HELD).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    return Appointment.objects.filter(pk__in=list(waiting)).delete()[0]


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
    delete_unconfirmed(Appointment.objects.filter(made_at__lt=now - timedelta(days=1)))
    old = Appointment.objects.filter(ends_at__lt=now - timedelta(days=terms.term("kept_days", now)), erased_at=None)
    # Nobody noted whether they came: the day is over, and the count says so.
    old.filter(state=State.BOOKED).update(state=State.MISSED, ended_at=now)
    return old.update(**BLANK, erased_at=now)
