"""What is done with an order to the photographer: written, sent, accepted, closed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.newsroom.models import OrderState, PhotoOrder
from ratusz.publishing.newsroom.rules import check_accept, check_close, check_order, may


@transaction.atomic
def save_order(*, person: Any, order: PhotoOrder | None = None, **facts: Any) -> PhotoOrder:
    """Writes an order or changes one that is not closed. Raises PermissionDenied, OrderRefused, ValidationError."""
    _check(person, "keep_orders", order)
    at = database_now()
    is_new = order is None
    order = PhotoOrder(changed_at=at) if order is None else PhotoOrder.objects.select_for_update().get(pk=order.pk)
    if order.state == OrderState.CLOSED:
        check_close(order, "")
    for name, value in facts.items():
        setattr(order, name, value)
    order.full_clean()
    order.save()
    record(
        deed="newsroom.write_order" if is_new else "newsroom.change_order", subject=order, after={"due": order.due_at}, actor=person
    )
    return order


@transaction.atomic
def send_order(*, order: PhotoOrder, person: Any) -> PhotoOrder:
    """The photographer has it from now. Raises PermissionDenied, OrderRefused."""
    order = _locked(order, person, "keep_orders")
    check_order(order, database_now())
    return _move(order, OrderState.ORDERED, "newsroom.send_order", person)


@transaction.atomic
def accept_order(*, order: PhotoOrder, person: Any) -> PhotoOrder:
    """The photographer says yes (for a firm, whoever spoke to it). Raises PermissionDenied, OrderRefused."""
    order = _locked(order, person, "take_order")
    check_accept(order)
    return _move(order, OrderState.ACCEPTED, "newsroom.accept_order", person)


@transaction.atomic
def close_order(*, order: PhotoOrder, person: Any, reason: str = "") -> PhotoOrder:
    """The pictures are seen, or there will be none and why. Raises PermissionDenied, OrderRefused."""
    order = _locked(order, person, "keep_orders")
    check_close(order, reason)
    return _move(order, OrderState.CLOSED, "newsroom.close_order", person, reason=reason.strip()[:300])


def _move(order: PhotoOrder, state: str, deed: str, person: Any, **more: Any) -> PhotoOrder:
    before = {"state": order.state}
    order.state, order.changed_at = state, database_now()
    order.save()
    record(
        deed=deed,
        subject=order,
        before=before,
        after={"state": state} | {name: value for name, value in more.items() if value},
        actor=person,
    )
    return order


def _locked(order: PhotoOrder, person: Any, deed: str) -> PhotoOrder:
    order = PhotoOrder.objects.select_for_update().get(pk=order.pk)
    _check(person, deed, order)
    return order


def _check(person: Any, deed: str, order: PhotoOrder | None) -> None:
    if not may(person, deed, order, database_now()):
        raise PermissionDenied
