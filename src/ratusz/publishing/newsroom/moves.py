"""What the press office asks of a person at the desk, and the dates of its work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.registries import DatedThing, Move
from ratusz.foundation.units.models import Appointment
from ratusz.publishing.newsroom.actions.layouts import CLOCK, subject_of
from ratusz.publishing.newsroom.models import LayoutRequest, LayoutState, OrderState, PhotoOrder
from ratusz.publishing.newsroom.rules import may


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Layouts to answer or to mend, orders to accept, pictures to bring and to look through."""
    yield from _layouts(person, at)
    yield from _orders(person, at)


def _layouts(person: Any, at: datetime) -> Iterator[Move]:
    """The department answers, the unit mends and brings the final file."""
    answers = may(person, "answer_layout", None, at)
    waiting = LayoutRequest.objects.filter(state__in=[LayoutState.WITH_BRAND, LayoutState.WITH_UNIT, LayoutState.APPROVED])
    requests = list(waiting.select_related("unit").prefetch_related("rounds").order_by("changed_at"))
    if not requests:
        return
    due = dict(Clock.objects.running().filter(rule_code=CLOCK).values_list("subject", "due_at"))
    own = set(Appointment.objects.in_force(at).filter(person=person.pk, role__code="unit_editor").values_list("unit", flat=True))
    for request in requests:
        url = reverse("newsroom_layout", args=[request.pk])
        if request.state == LayoutState.WITH_BRAND:
            if answers and may(person, "answer_layout", request, at):
                what = _("Answer the unit about the layout: %(title)s") % {"title": request.title}
                yield Move(what, url, due_at=due.get(subject_of(request)), since=request.changed_at, kind="layouts")
        elif request.unit_id in own:
            words = (
                _("Mend the layout: %(title)s") if request.state == LayoutState.WITH_UNIT else _("Add the final file: %(title)s")
            )
            yield Move(words % {"title": request.title}, url, since=request.changed_at, kind="layouts")


def _orders(person: Any, at: datetime) -> Iterator[Move]:
    keeps = may(person, "keep_orders", None, at)
    for order in PhotoOrder.objects.open().exclude(state=OrderState.DRAFT).order_by("due_at"):
        url, name = reverse("newsroom_order", args=[order.pk]), {"event": order.what_for}
        is_own = order.photographer_id == person.pk
        if order.state == OrderState.ORDERED and is_own:
            yield Move(_("Accept the photographer's order: %(event)s") % name, url, since=order.changed_at, kind="orders")
        elif order.state == OrderState.ACCEPTED and order.starts_at <= at and (is_own or (keeps and not order.photographer_id)):
            yield Move(_("Bring in the pictures: %(event)s") % name, url, due_at=order.due_at, since=order.starts_at, kind="orders")
        elif order.state == OrderState.DELIVERED and keeps:
            yield Move(
                _("Look through the pictures and close the order: %(event)s") % name, url, since=order.changed_at, kind="orders"
            )


def dated_things(start: datetime, end: datetime) -> Iterator[DatedThing]:
    """Orders to the photographer, for staff who may see them."""
    for order in PhotoOrder.objects.open().between(start, end):
        title = _("Photographer: %(event)s") % {"event": order.what_for}
        url = reverse("newsroom_order", args=[order.pk])
        opens = partial(_sees, order)
        yield DatedThing("photo-order", title, order.starts_at, order.ends_at, url, is_public=False, may_open=opens)


def _sees(order: PhotoOrder, person: Any, at: datetime) -> bool:
    return may(person, "see_order", order, at)
