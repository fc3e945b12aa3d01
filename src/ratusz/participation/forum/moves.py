"""What waits for staff on the platform: answers residents ask the unit for. Open topics in the city's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import DatedThing, Move
from ratusz.foundation.units.models import Appointment
from ratusz.participation.forum import queries, rules
from ratusz.participation.forum.models import Topic

MOST = 20


def units_of(person: Any, at: datetime) -> list[int]:
    """Units in whose name the person answers."""
    if not getattr(person, "pk", None):
        return []
    held = Appointment.objects.in_force(at).filter(person=person.pk, role__code__in=rules.ANSWERERS)
    return list(held.values_list("unit", flat=True))


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Comments whose authors ask the person's unit for an answer, the oldest first."""
    if not (units := units_of(person, at)):
        return
    for each in queries.owed(units)[:MOST]:
        what = _("Answer on the platform: %(title)s") % {"title": each.thread.title}
        due = rules.answer_due(each, at)
        yield Move(what, reverse("forum_answer", args=[each.pk]), due_at=due, since=each.shown_at, kind="forum")


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Topics open within a period."""
    found = Topic.objects.public(database_now()).filter(is_archive=False, closed_at=None, opens_at__lt=ends, closes_at__gt=starts)
    for topic in found.select_related("unit").prefetch_related("districts"):
        yield DatedThing(
            kind="forum", title=topic.title, starts=topic.opens_at, ends=topic.closes_at, url=topic.get_absolute_url(),
            what_to_do=_("Say what you think"), district_numbers=tuple(each.number for each in topic.districts.all()),
            unit=topic.unit.short_name if topic.unit else "", code=topic.key,
        )  # fmt: skip
