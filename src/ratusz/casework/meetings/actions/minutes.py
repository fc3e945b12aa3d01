"""Minutes are begun from their template and written block by block; two people at once see each other's words and lose none."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings import rules
from ratusz.casework.meetings.minutes.checking import due_day, end_of
from ratusz.casework.meetings.minutes.content import FROZEN, clean_fields
from ratusz.casework.meetings.minutes.kinds import KINDS, beginning, kinds_for
from ratusz.casework.meetings.models import Meeting, MeetingDuty, Minutes, MinutesBlock, MinutesPublication
from ratusz.casework.meetings.registries import tell_public
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

CLOCK = "meetings.minutes"
"""Rule of the clock that runs on a meeting until its public minutes are out."""
STEP = 100
"""Between positions, so that a block fits between two others."""
MOST_BLOCKS = 1000
AWAITED = timedelta(days=90)
"""How long after a meeting its clock may still begin, after a long stop or when older meetings are brought in."""


@dataclass(frozen=True)
class Change:
    """What one editor wants of one block: its fields, and the revision their screen showed."""

    key: uuid.UUID
    revision: int
    fields: dict[str, Any]


@dataclass
class Saved:
    """What became of a saving: revisions now, and blocks somebody else had changed meanwhile, as they stand."""

    revisions: dict[str, int] = field(default_factory=dict)
    conflicts: list[MinutesBlock] = field(default_factory=list)


@transaction.atomic
def begin_minutes(*, meeting: Meeting, person: Any) -> Minutes:
    """The minutes of a meeting with the blocks of its template; asked again, the same. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "write_minutes", meeting, now)
    kind = meeting.rules_of_kind
    facts: dict[str, Any] = {"begun_at": now, "begun_by": person, "is_public": kind.minutes.publication == "yes"}
    if kind.minutes.publication != "yes":
        facts["why_not_public"] = _("Minutes of this kind of meeting are not published (rules of the kind).")
    minutes, is_new = Minutes.objects.get_or_create(meeting=meeting, defaults=facts)
    if is_new:
        facts = {"changed_at": now, "changed_by": person}
        blocks = [
            MinutesBlock(minutes=minutes, position=STEP * place, kind=code, fields=_start(code, meeting), **facts)
            for place, code in enumerate(beginning(kind.minutes.template), 1)
        ]
        MinutesBlock.objects.bulk_create(blocks)
        record(deed="meetings.begin_minutes", subject=minutes, after={"blocks": len(blocks)}, actor=person)
    return minutes


def _start(code: str, meeting: Meeting) -> dict[str, Any]:
    """Hosts and minute-takers are known already: nobody types them again."""
    start = clean_fields(code, {})
    if code == "heading":
        duties = list(meeting.duties.select_related("person"))
        for name, task in (("host", MeetingDuty.Task.HOST), ("minute_taker", MeetingDuty.Task.MINUTE_TAKER)):
            start[name] = ", ".join(str(each.person) for each in duties if each.task == task)
    if code == "presence":
        start["officials"] = "\n".join(each.name for each in meeting.officials.all())
    return start


def locked(minutes: Minutes) -> Minutes:
    """The row, held after that of its meeting to the end of the transaction: approval, writing, voices go one after another."""
    Meeting.objects.select_for_update().get(pk=minutes.meeting_id)
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting__place", "meeting__district").get(pk=minutes.pk)


def open_for(minutes: Minutes, person: Any) -> Minutes:
    """Held and open for this person's writing. Raises NotYours, Refused."""
    held = locked(minutes)
    rules.check_may(person, "write_minutes", held.meeting, database_now())
    if not held.is_open:
        raise Refused(_("These minutes are approved. To change them, begin a new version and say what changes."))
    return held


@transaction.atomic
def save_minutes(*, minutes: Minutes, changes: Sequence[Change], person: Any) -> Saved:
    """Keeps what was typed. A block that somebody else has changed since the screen was shown is left and comes back as it stands.

    Raises NotYours, Refused.
    """
    held, now = open_for(minutes, person), database_now()
    standing = {block.key: block for block in held.blocks.filter(key__in=[each.key for each in changes])}
    saved, changed = Saved(), []
    for each in changes:
        block = standing.get(each.key)
        if block is None or block.removed_at is not None:
            changed_elsewhere = block or MinutesBlock(key=each.key, kind="text", fields={}, revision=0)
            saved.conflicts.append(changed_elsewhere)
            continue
        fields = clean_fields(block.kind, {**_kept(block), **each.fields})
        if fields == block.fields:
            saved.revisions[str(block.key)] = block.revision
        elif each.revision != block.revision:
            saved.conflicts.append(block)
        else:
            block.fields, block.revision, block.changed_at, block.changed_by = fields, block.revision + 1, now, person
            changed.append(block)
            saved.revisions[str(block.key)] = block.revision
    if changed:
        MinutesBlock.objects.bulk_update(changed, ["fields", "revision", "changed_at", "changed_by"])
        record(deed="meetings.write_minutes", subject=held, after={"blocks": len(changed)}, actor=person)
    return saved


def _kept(block: MinutesBlock) -> dict[str, Any]:
    """Of a block what no form sends: which row it stands for, what was frozen."""
    return {name: block.fields[name] for name in ("row", FROZEN) if name in block.fields}


@transaction.atomic
def add_block(
    *, minutes: Minutes, kind: str, person: Any, fields: dict[str, Any] | None = None, after: uuid.UUID | None = None,
    key: uuid.UUID | None = None,
) -> MinutesBlock:  # fmt: skip
    """A new block behind another one, or where its kind belongs. The same `key` twice is one block. Raises NotYours, Refused."""
    held, now = open_for(minutes, person), database_now()
    if key and (known := held.blocks.filter(key=key).first()):
        return known
    template = held.meeting.rules_of_kind.minutes.template
    if kind not in {each.code for each in kinds_for(template)} and "row" not in (fields or {}):
        raise Refused(_("Minutes of this kind of meeting have no such block."))
    standing = list(held.blocks.standing())
    if len(standing) >= MOST_BLOCKS:
        raise Refused(_("These minutes have a thousand blocks already. Join some of them."))
    position = _position(standing, after or _before(standing, kind))
    made = MinutesBlock(
        minutes=held, key=key or uuid.uuid4(), position=position, kind=kind, changed_at=now, changed_by=person,
        fields=clean_fields(kind, {"is_public": True, **(fields or {})}),
    )  # fmt: skip
    made.save()
    record(deed="meetings.write_minutes", subject=held, after={"added": kind}, actor=person)
    return made


def _before(standing: list[MinutesBlock], kind: str) -> uuid.UUID | None:
    """Behind which block one of that kind belongs: presentations before people speak, the rest before the next meeting."""
    later = ("voices", "requests") if kind == "presentation" else ("next_meeting",)
    place = next((place for place, block in enumerate(standing) if block.kind in later and "row" not in block.fields), 0)
    return standing[place - 1].key if place else None


def _position(standing: list[MinutesBlock], after: uuid.UUID | None) -> int:
    """Room between the block and the next; where there is none, all are spread anew."""
    places = [block.position for block in standing]
    index = next((place for place, block in enumerate(standing) if block.key == after), len(standing) - 1)
    if index == len(standing) - 1:
        return (places[-1] if places else 0) + STEP
    if places[index + 1] - places[index] < 2:
        for place, block in enumerate(standing, 1):
            block.position = place * STEP
        MinutesBlock.objects.bulk_update(standing, ["position"])
        places = [block.position for block in standing]
    return (places[index] + places[index + 1]) // 2


@transaction.atomic
def remove_block(*, minutes: Minutes, key: uuid.UUID, person: Any) -> None:
    """Takes a block out of the text; it is kept beside it and can be put back. Raises NotYours, Refused."""
    held = open_for(minutes, person)
    block = held.blocks.filter(key=key, removed_at=None).first()
    if block is None:
        return
    if KINDS[block.kind].is_single and "row" not in block.fields:
        raise Refused(_("This block belongs to every minutes of this kind; leave its fields empty instead."))
    _set_removed(held, block, person, is_removed=True)


@transaction.atomic
def restore_block(*, minutes: Minutes, key: uuid.UUID, person: Any) -> None:
    """Puts a block back where it stood. Raises NotYours, Refused."""
    held = open_for(minutes, person)
    block = held.blocks.filter(key=key, removed_at__isnull=False).first()
    if block is not None:
        _set_removed(held, block, person, is_removed=False)


def _set_removed(held: Minutes, block: MinutesBlock, person: Any, *, is_removed: bool) -> None:
    now = database_now()
    block.removed_at, block.revision, block.changed_at, block.changed_by = (
        now if is_removed else None,
        block.revision + 1,
        now,
        person,
    )
    block.save()
    record(deed="meetings.write_minutes", subject=held, after={"removed" if is_removed else "restored": block.kind}, actor=person)


@transaction.atomic
def move_block(*, minutes: Minutes, key: uuid.UUID, up: bool, person: Any) -> None:
    """One place up or down. Raises NotYours, Refused."""
    held = open_for(minutes, person)
    standing = list(held.blocks.standing())
    place = next((place for place, block in enumerate(standing) if block.key == key), None)
    if place is None or not 0 <= (other := place + (-1 if up else 1)) < len(standing):
        return
    standing[place], standing[other] = standing[other], standing[place]
    for number, block in enumerate(standing, 1):
        block.position = number * STEP
    MinutesBlock.objects.bulk_update(standing, ["position"])
    record(deed="meetings.write_minutes", subject=held, after={"moved": standing[other].kind}, actor=person)


@transaction.atomic
def decide_publicity(*, minutes: Minutes, is_public: bool, reason: str, person: Any) -> Minutes:
    """Whether everybody will read them: the organiser's choice where the kind leaves it open, with a reason for "no".

    Raises NotYours, Refused.
    """
    held = open_for(minutes, person)
    rule = held.meeting.rules_of_kind.minutes.publication
    if is_public and rule == "no":
        raise Refused(_("Minutes of this kind of meeting are never published."))
    if not is_public and not reason.strip():
        raise Refused(_("Say why these minutes are not published."))
    before = held.is_public
    held.is_public, held.why_not_public = is_public, "" if is_public else reason.strip()[:300]
    held.save(update_fields=["is_public", "why_not_public"])
    if not is_public:
        stop_clock(rule=CLOCK, subject=held.meeting.key, event="kept_inside")
    elif not before and _is_awaited_now(held):
        _start_clock(held.meeting)
    if is_public != before:
        tell_public(held.key)
    after = {"is_public": is_public, "reason": held.why_not_public}
    record(deed="meetings.decide_publicity", subject=held, before={"is_public": before}, after=after, actor=person)
    return held


def _is_awaited_now(held: Minutes) -> bool:
    """The meeting is over and nothing is out: they are awaited by the same day as before they were kept inside."""
    return held.meeting.ends_at <= database_now() and not MinutesPublication.objects.filter(version__minutes=held).exists()


@transaction.atomic
def start_minutes_clocks(*, at: datetime | None = None) -> int:
    """Every hour: a clock on each meeting that is over and whose minutes everybody awaits; gives how many were started.

    A stopped worker catches up: what counts is the end of the meeting, not the hour of the run.
    """
    now = at or database_now()
    over = Meeting.objects.filter(ends_at__lte=now, ends_at__gt=now - AWAITED, state__in=("announced", "held"))
    wanted = [each for each in over.select_related("owner_unit", "minutes") if is_awaited(each)]
    known = set(Clock.objects.filter(rule_code=CLOCK, subject__in=[each.key for each in wanted]).values_list("subject", flat=True))
    started = [each for each in wanted if each.key not in known]
    for meeting in started:
        _start_clock(meeting)
    return len(started)


def _start_clock(meeting: Meeting) -> None:
    due = due_day(meeting.ends_at, meeting.rules_of_kind.minutes.days)
    start_clock(
        rule=CLOCK, subject=meeting.key, label=_("Public minutes: %(meeting)s") % {"meeting": meeting.title},
        url=reverse("meetings_minutes_register"), unit=meeting.owner_unit, started_at=meeting.ends_at, due_at=end_of(due),
    )  # fmt: skip


def is_awaited(meeting: Meeting) -> bool:
    """Whether public minutes are to come: by the rules of its kind, or by the organiser's choice."""
    minutes = getattr(meeting, "minutes", None)
    return minutes.is_public if minutes else meeting.rules_of_kind.minutes.publication == "yes"
