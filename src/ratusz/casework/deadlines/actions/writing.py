"""Writes to whoever has the case when a term of the law comes near or is over; the house's own steps stay on the desks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.moves import address_of
from ratusz.casework.deadlines.reckoning import steps
from ratusz.casework.deadlines.rules import HEADS
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit

PURPOSE = "deadlines.term"


def write_of_clock(clock: Clock, step: str) -> None:
    """For the registry of clocks: one letter to each who has to know. After a missed run the newest step alone is written of."""
    now = database_now()
    if clock.rule.certainty == "policy" or _is_outrun(clock, step, now) or clock.due_at is None:
        return
    context = {"clock": clock, "rule": clock.rule, "until": polish_until(clock.due_at), "is_late": step == "overdue"}
    button = (_("Open the case"), settings.PUBLIC_ADDRESS.rstrip("/") + address_of(clock))
    for person in readers_of(clock, step, now):
        key = f"{PURPOSE}:{clock.pk}:{step}:{clock.due_at:%Y%m%d%H%M}:{person.pk}"
        try:
            send(to=person, purpose=PURPOSE, dedup_key=key, template="deadlines/mail/term", context=context, button=button)
        except NotDeliverable:
            continue


def _is_outrun(clock: Clock, step: str, now: datetime) -> bool:
    come = [each for moment, each in steps(clock.rule, clock.started_at, clock.due_at) if moment <= now]
    return bool(come) and come[-1] != step


def readers_of(clock: Clock, step: str, at: datetime) -> list[User]:
    """The person who has the case; where nobody has it, or when it is late, also the nearest heads of its unit."""
    person = clock.person if clock.person and clock.person.is_active and clock.person.is_staff else None
    heads = [] if person and step != "overdue" else _heads_of(clock.unit, at)
    return [*([person] if person else []), *(each for each in heads if each != person)]


def _heads_of(unit: Unit | None, at: datetime) -> list[Any]:
    """Heads and deputies of the unit, or of the first one above it that has any."""
    for each in unit.ancestors() if unit else []:
        held = Appointment.objects.in_force(at).filter(unit=each, role__code__in=HEADS)
        if heads := list(User.objects.filter(pk__in=held.values("person")).order_by("pk")):
            return heads
    return []
