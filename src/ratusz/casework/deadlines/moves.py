"""What clocks put on the desk: to each owner the clocks that run, and to staff the terms of the law that come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.registries import case_doors
from ratusz.casework.deadlines.rules import may_open, units_of
from ratusz.foundation.kit.registries import DatedThing, Move

MOST = 50
"""On one desk; the board shows all."""


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Clocks of the person and those of the person's units that no person holds, late ones first; a paused one waits for nobody.

    Not those of cases whose module says itself whose move it is: a unit holds the clock, one person of it may do the step.
    """
    own = Q(person=person.pk) | Q(person=None, unit__in=units_of(person, at))
    told_elsewhere = reduce(or_, (Q(subject__startswith=f"{case}:") for case, _door in case_doors.items()), Q(pk=None))
    clocks = (
        Clock.objects.running().filter(own, paused_at=None).exclude(told_elsewhere).order_by(F("due_at").asc(nulls_last=True), "pk")
    )
    for clock in clocks[:MOST]:
        url = address_of(clock) if may_open(person, clock, at) else reverse("deadlines_clock", args=[clock.pk])
        yield Move(str(clock), url, due_at=clock.due_at, since=clock.started_at, kind="deadlines")


def terms_of_law(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Terms that end in [starts, ends), for staff who may open what they are about.

    The house's own steps stay on the desks of those who do them.
    """
    clocks = Clock.objects.running().filter(paused_at=None, due_at__gte=starts, due_at__lt=ends)
    for clock in clocks.exclude(rule_content__certainty="policy").order_by("due_at", "pk"):
        opens = partial(_opens, clock)
        yield DatedThing(
            "deadlines", str(clock), clock.due_at, url=address_of(clock), is_public=False, is_term=True, may_open=opens
        )


def _opens(clock: Clock, person: Any, at: datetime) -> bool:
    return may_open(person, clock, at)


def address_of(clock: Clock) -> str:
    """Where the case is done, or the clock's own page."""
    return clock.url or reverse("deadlines_clock", args=[clock.pk])
