"""Buildings that wait for a person: a unit to name, a report to confirm, a photo to let show; for units their own reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.registries import Move
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.delivery.queries import photos_without_passport
from ratusz.participation.projects.models import Delivery, DeliveryState

MOST = 50
NEAR = timedelta(days=14)
"""A report due in a quarter is nobody's move today."""


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """What the person does next with buildings."""
    if rules.may(person, "confirm", None, at):
        waiting = Delivery.objects.filter(state=DeliveryState.REPORTED).exclude(reported_by=person.pk).select_related("project")
        for each in waiting.order_by("reported_at")[:MOST]:
            yield _move(_("Confirm that it is done: %(project)s"), each, since=each.reported_at)
    if rules.may(person, "assign", None, at):
        nobody = Delivery.objects.filter(unit=None, state=DeliveryState.OPEN)
        if count := nobody.count():
            first = nobody.order_by("made_at").values_list("made_at", flat=True)[0]
            words = _("Name the units that build the funded projects (%(count)s)") % {"count": count}
            yield Move(words, reverse("projects_deliveries") + "?komorka=none", since=first, kind="projects")
    if rules.may(person, "photo_gate", None, at):
        photos = photos_without_passport()[:MOST]
        for each in {photo.delivery_id: photo for photo in photos}.values():
            yield _move(_("Look at the photos of a building: %(project)s"), each.delivery, since=each.added_at)
    yield from _of_units(person, at)


def _of_units(person: Any, at: datetime) -> Iterator[Move]:
    """Reports and planned days that come, of the person's own units."""
    held = Appointment.objects.in_force(at).filter(person=person.pk, role__code__in=rules.UNIT)
    units = Unit.objects.working().filter(pk__in=held.values("unit"))
    clocks = Clock.objects.running().filter(rule_code__in=("delivery.report", "delivery.day"), unit__in=units)
    for clock in clocks.filter(due_at__lte=at + NEAR).order_by("due_at", "pk")[:MOST]:
        words = (
            _("Report on a building: %(project)s")
            if clock.rule_code == "delivery.report"
            else _("A planned day comes: %(project)s")
        )
        yield Move(words % {"project": clock.label}, clock.url, due_at=clock.due_at, since=clock.started_at, kind="projects")


def _move(words: str, delivery: Delivery, since: datetime | None) -> Move:
    return Move(
        words % {"project": str(delivery.project)}, reverse("projects_delivery", args=[delivery.pk]), since=since, kind="projects"
    )
