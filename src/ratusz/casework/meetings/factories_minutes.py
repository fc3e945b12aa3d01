"""Minutes for tests and the demo: written through the actions, with a target of decisions where the upper module is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import make_meeting
from ratusz.casework.meetings.models import Meeting, Minutes, MinutesBlock
from ratusz.casework.meetings.registries import Target, targets
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit

DECISION = "decisions.decision"


def make_minute_taker(role_code: str = "head") -> Any:
    """Somebody of the department who may write, approve and publish minutes."""
    unit = Unit.objects.the_department() or UnitFactory(is_department=True)
    return AppointmentFactory(role_code=role_code, unit=unit).person


def make_minutes(meeting: Meeting | None = None, *, person: Any = None, **facts: Any) -> Minutes:
    """Minutes just begun, of a meeting three days ago unless one is given."""
    meeting = meeting or make_meeting(in_days=-3, **facts)
    return actions.begin_minutes(meeting=meeting, person=person or make_minute_taker())


def write_block(minutes: Minutes, kind: str, person: Any, **fields: Any) -> MinutesBlock:
    """Writes into the block that stands from the beginning, or adds one."""
    standing = minutes.blocks.standing().filter(kind=kind).first()
    if standing is None or kind in ("decision", "text", "notes", "poll", "attachment", "presentation", "subheading"):
        return actions.add_block(minutes=minutes, kind=kind, person=person, fields=fields)
    change = actions.Change(standing.key, standing.revision, {**standing.fields, **fields})
    actions.save_minutes(minutes=minutes, changes=[change], person=person)
    standing.refresh_from_db()
    return standing


@contextmanager
def target_of_decisions() -> Iterator[dict[str, dict[str, Any]]]:
    """Registers a target that keeps what it was given, by key: asked again with a key, it gives the same decision."""
    made: dict[str, dict[str, Any]] = {}

    def take(*, meeting: Meeting, key: str, facts: dict[str, Any], person: Any) -> tuple[str, str, str]:
        made.setdefault(key, facts)
        number = list(made).index(key) + 1
        return f"decisions.decision:{number}", f"U/2026/{number:04}", f"/admin/ustalenia/{number}/"

    before = targets._entries.pop(DECISION, None)
    targets.register(DECISION, Target("decyzja", take))
    try:
        yield made
    finally:
        targets._entries.pop(DECISION)
        if before is not None:
            targets.register(DECISION, before)
