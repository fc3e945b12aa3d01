"""Rooms and officials are written down."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.models import Official, Place
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@transaction.atomic
def save_place(*, place: Place, person: Any) -> Place:
    """A new room, or what changed of one. Raises NotYours."""
    rules.check_may(person, "plan", None, database_now())
    place.save()
    record(deed="meetings.save_place", subject=place, after={"name": place.name, "capacity": place.capacity}, actor=person)
    return place


@transaction.atomic
def save_official(*, official: Official, person: Any) -> Official:
    """A new post, or what changed of one. Raises NotYours."""
    rules.check_may(person, "plan", None, database_now())
    official.save()
    record(deed="meetings.save_official", subject=official, after={"name": official.name}, actor=person)
    return official
