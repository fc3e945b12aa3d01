"""What must be true before an order to the photographer moves on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.publishing.newsroom.models import OrderState


class OrderRefused(ValueError):
    """The order cannot move as asked; the words say why."""


def check_order(order: Any, at: datetime) -> None:
    """Before it goes to the photographer: somebody is named, the event is still to come. Raises OrderRefused."""
    if order.state != OrderState.DRAFT:
        raise OrderRefused(_("This order has gone to the photographer already."))
    if not order.photographer_id and not order.firm:
        raise OrderRefused(_("Name the photographer or the firm first."))
    if order.starts_at <= at:
        raise OrderRefused(_("This event has begun already. Change the day or write a new order."))


def check_accept(order: Any) -> None:
    """Before the photographer says yes. Raises OrderRefused."""
    if order.state != OrderState.ORDERED:
        raise OrderRefused(_("This order does not wait for the photographer's answer."))


def check_delivery(order: Any) -> None:
    """Before pictures come in on it. Raises OrderRefused."""
    if order.state not in (OrderState.ORDERED, OrderState.ACCEPTED, OrderState.DELIVERED):
        raise OrderRefused(_("Pictures come in on an order that the photographer has and that is not closed."))


def check_close(order: Any, reason: str) -> None:
    """Before it is closed: the pictures are there, or the reason says why there are none. Raises OrderRefused."""
    if order.state == OrderState.CLOSED:
        raise OrderRefused(_("This order is closed already."))
    if order.state != OrderState.DELIVERED and not reason.strip():
        raise OrderRefused(_("There are no pictures yet. Write why the order is closed without them."))
