"""What the clocks of a building say goes to whoever builds: by e-mail to people of the unit, by its link to an entity."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.participation.projects.actions.delivery.links import LINK_PURPOSE, OUTSIDE, address_for
from ratusz.participation.projects.actions.delivery.steps import DAY, REPORT
from ratusz.participation.projects.delivery.rules import UNIT
from ratusz.participation.projects.models import Delivery, DeliveryState
from ratusz.publishing.website.actions import bump_content_version


def hear_clock(clock: Clock, step: str) -> None:
    """Registered with the clocks: one letter for each step. A day that was missed shows on the page by itself."""
    if clock.rule_code not in (REPORT, DAY) or clock.due_at is None:
        return
    number = clock.subject.partition(":")[2]
    delivery = Delivery.objects.select_related("project__edition", "unit").filter(pk=number, state=DeliveryState.OPEN).first()
    if delivery is None or delivery.unit is None:
        return
    at = database_now()
    context = {
        "delivery": delivery, "project": delivery.project, "until": polish_until(clock.due_at), "is_late": step == "overdue",
        "is_day": clock.rule_code == DAY,
    }  # fmt: skip
    for reader, address in _readers(delivery, delivery.unit, at):
        key = f"{delivery.key}:{clock.rule_code}:{step}:{clock.due_at:%Y%m%d}:{getattr(reader, 'pk', f'unit{delivery.unit.pk}')}"
        try:
            send(
                to=reader, purpose=LINK_PURPOSE, template="projects/delivery/mail/reminder", context=context, dedup_key=key,
                button=(_("Open the project"), address),
            )  # fmt: skip
        except NotDeliverable:
            continue
    if step == "overdue" and clock.rule_code == DAY:
        bump_content_version()


def _readers(delivery: Delivery, unit: Unit, at: datetime) -> list[tuple[Any, str]]:
    """An entity by its own address and link; of a unit of the Office everybody who may report."""
    if unit.kind in OUTSIDE:
        return [(unit.email, address_for(delivery, unit, at))] if unit.email else []
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("projects_delivery", args=[delivery.pk])
    held = Appointment.objects.in_force(at).filter(unit=unit, role__code__in=UNIT).values("person")
    return [(person, address) for person in User.objects.filter(pk__in=held, is_active=True).order_by("pk") if person.email]
