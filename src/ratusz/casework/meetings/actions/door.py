"""The door: people come in, with or without a network, with or without a registration."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.models import CheckIn, Meeting, Registration, SeatGroup, Standing, WalkIn
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

ON_THE_LIST = (Standing.CONFIRMED, Standing.CHECKED_IN, Standing.ABSENT)
"""Absent too: a phone may send its check-ins after the meeting was closed."""
OPENS_BEFORE = timedelta(hours=12)
"""A phone whose clock is wrong by more than that is not believed: the moment the office heard of it counts."""
DOOR = "A"


@dataclass(frozen=True)
class CameIn:
    """What the door learns: "in" for the first time, "already" with whose moment and door count, or "unknown"."""

    result: str
    code: str
    moment: datetime | None = None
    door: str = ""


@transaction.atomic
def check_in(
    *, meeting: Meeting, code: str, door: str, person: Any, moment: datetime | None = None, device: str = ""
) -> CameIn:  # fmt: skip
    """Lets a registration in by its six signs. The earliest moment of all doors counts."""
    rules.check_may(person, "door", meeting, database_now())
    return _let_in(meeting, code, door, moment, device, person)


def _let_in(meeting: Meeting, code: str, door: str, moment: datetime | None, device: str, person: Any) -> CameIn:
    registration = Registration.objects.select_for_update().filter(meeting=meeting, door_code=code.upper()).first()
    if registration is None or registration.standing not in ON_THE_LIST:
        return CameIn("unknown", code)
    now = database_now()
    door, moment = (door.strip() or DOOR)[:40], _believed(meeting, moment, now)
    known = CheckIn.objects.filter(registration=registration).first()
    if known is not None:
        if moment < known.moment:
            known.moment, known.door, known.device = moment, door, device[:40]
            known.save(update_fields=["moment", "door", "device"])
        return CameIn("already", registration.door_code, known.moment, known.door)
    CheckIn.objects.create(
        registration=registration, door=door, moment=moment, device=device[:40], received_at=now, let_in_by=person
    )
    before, registration.standing = registration.standing, Standing.CHECKED_IN
    registration.save(update_fields=["standing"])
    after = {"standing": registration.standing, "door": door}
    record(deed="meetings.check_in", subject=registration, before={"standing": before}, after=after, actor=person)
    return CameIn("in", registration.door_code, moment, door)


def _believed(meeting: Meeting, moment: datetime | None, now: datetime) -> datetime:
    if moment is None or moment > now or moment < meeting.starts_at - OPENS_BEFORE:
        return now
    return moment


@transaction.atomic
def count_walk_in(
    *, meeting: Meeting, press: uuid.UUID, person: Any, group: SeatGroup | None = None, step: int = 1, door: str = DOOR,
    moment: datetime | None = None, device: str = "",
) -> int:  # fmt: skip
    """One person without registration more, or one counted by mistake less; gives back how many there are in the group."""
    meeting = lock_for(meeting, "door", person)
    mine = WalkIn.objects.filter(meeting=meeting, group=group)
    counted = mine.aggregate(sum=Sum("step"))["sum"] or 0
    if step not in (1, -1) or (step == -1 and counted < 1):
        raise rules.Refused(_("Nobody without registration is counted here, so nobody can be taken back."))
    facts = {"group": group, "step": step, "door": door[:40], "moment": _believed(meeting, moment, database_now())}
    row, is_new = WalkIn.objects.get_or_create(meeting=meeting, press=press, defaults=facts | {"device": device[:40]})
    if is_new:
        deed = "meetings.count_walk_in" if step == 1 else "meetings.take_walk_in_back"
        record(deed=deed, subject=row, after={"group": group and group.pk, "step": step}, actor=person)
        counted += step
    return counted


@dataclass(frozen=True)
class Press:
    """One deed of a phone at the door, made with or without a network."""

    kind: str
    """ "in" or "walk"."""
    key: str
    """Six signs of a registration, or the UUID of a press."""
    moment: datetime
    group: int | None = None
    step: int = 1


def sync_door(*, meeting: Meeting, door: str, device: str, presses: Iterable[Press], person: Any) -> list[CameIn]:
    """What a phone gathered without a network, each press by itself; sent again it changes nothing.

    Each is a transaction of its own, so one wrong press does not hold the others.
    """
    answers = []
    for press in sorted(presses, key=lambda each: each.moment):
        facts: dict[str, Any] = {"meeting": meeting, "door": door, "device": device, "moment": press.moment, "person": person}
        if press.kind == "in":
            answers.append(check_in(code=press.key, **facts))
        else:
            answers.append(_walk(press, facts))
    return answers


def _walk(press: Press, facts: dict[str, Any]) -> CameIn:
    group = SeatGroup.objects.filter(meeting=facts["meeting"], pk=press.group).first() if press.group else None
    try:
        count_walk_in(press=uuid.UUID(press.key), group=group, step=press.step, **facts)
    except (ValueError, rules.Refused):
        return CameIn("unknown", press.key)
    return CameIn("in", press.key, press.moment, facts["door"])
