"""Who may do what with orders, assets and layouts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.foundation.units.rules import holds_department_role, holds_role

KEEPERS = ("editor", "head", "deputy_head", "press_officer")
"""Whoever writes in the department also keeps its pictures and its brand."""
UNIT = "unit_editor"


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Whether the person may do it now. `subject`: the order, the asset or the layout request; None for all of them.

    `see_orders`, `keep_orders`, `keep_brand`, `answer_layout`: the department. `take_order`: the photographer named in it, and the
    department. `see_brand`, `send_layout`: units too, a layout only of the own unit. `answer_layout`: not whoever sent the round.
    """
    if deed in ("see_brand", "see_layouts") and holds_role(person, UNIT, at=at):
        return True
    if deed in ("see_layout", "send_layout") and subject is not None and holds_role(person, UNIT, at=at, unit=subject.unit):
        return True
    if deed == "send_layout" and subject is None and holds_role(person, UNIT, at=at):
        return True
    if deed in ("see_order", "take_order") and _is_named(person, subject):
        return True
    if deed == "answer_layout" and subject is not None and _sent_it(person, subject):
        return False
    return holds_department_role(person, *KEEPERS, at=at)


def sends_for(person: Any, unit: Any, at: datetime) -> bool:
    """Whether the person may send layouts of that unit."""
    return holds_role(person, UNIT, at=at, unit=unit) or holds_department_role(person, *KEEPERS, at=at)


def _is_named(person: Any, order: Any) -> bool:
    return order is not None and bool(getattr(person, "is_active", False)) and order.photographer_id == person.pk


def _sent_it(person: Any, request: Any) -> bool:
    """Four eyes: whoever sent the newest round does not answer it."""
    newest = max(request.rounds.all(), key=lambda each: each.number, default=None)
    return newest is not None and newest.sent_by_id == person.pk
