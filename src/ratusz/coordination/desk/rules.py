"""Who sees and sets turns of duty, what a turn may be, and who is on duty at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ratusz.coordination.desk.models import DutyTurn
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.rules import holds_department_role

HEADS = ("head", "deputy_head")
ON_DUTY = {DutyTurn.Kind.EDITING: (*HEADS, "editor"), DutyTurn.Kind.PRESS: (*HEADS, "press_officer")}
"""Who may have which duty: whoever has the work all day long."""
SEES = (*HEADS, "editor", "press_officer", "moderator")


class Refused(ValueError):
    """The turn cannot be so; the message says why and what to do."""


def may(person: Any, deed: str, turn: DutyTurn | None, at: datetime) -> bool:
    """The department "see"s turns; its heads and deputies "set" them, as long as they are not over."""
    if deed == "see":
        return holds_department_role(person, *SEES, at=at)
    return holds_department_role(person, *HEADS, at=at) and (turn is None or turn.ends > at)


def check(person: Any, turn: DutyTurn | None, at: datetime) -> None:
    """Raises PermissionDenied for whoever is no head, Refused for a turn that is over."""
    if not may(person, "set", None, at):
        raise PermissionDenied
    if not may(person, "set", turn, at):
        raise Refused(_("This turn is over. It stays as it was."))


def check_turn(turn: DutyTurn, before: DutyTurn | None, at: datetime) -> None:
    """Raises Refused for a turn of the past, one that ends before it begins, and a person without this work then."""
    if turn.ends <= turn.starts:
        raise Refused(_("A turn has to end after it starts. Change one of the two."))
    if before is not None and before.starts <= at:
        if (turn.person_id, turn.kind, turn.starts) != (before.person_id, before.kind, before.starts):
            raise Refused(_("This turn has begun. Change its end alone; for somebody else set a new turn from there."))
    elif local_day(turn.starts) < local_day(at):
        raise Refused(_("A turn begins today or later."))
    if turn.ends <= at:
        raise Refused(_("This end is over. Choose one ahead, or cancel the turn: it then ends at once."))
    if not holds_department_role(turn.person, *ON_DUTY[DutyTurn.Kind(turn.kind)], at=max(turn.starts, at)):
        raise Refused(_("This person has no such work in the department then. Choose somebody else."))


def is_on_duty(person: Any, at: datetime) -> bool:
    """Whether the person may publish alone by the roster: on duty for editing at that moment."""
    return DutyTurn.objects.at(at).filter(kind=DutyTurn.Kind.EDITING, person=person.pk).exists()
