"""A meeting is announced, moved, cancelled, closed as held; whoever is concerned is told of each once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ratusz.casework.documents.actions import open_case
from ratusz.casework.meetings import particulars, rules
from ratusz.casework.meetings.actions.planning import check_clashes
from ratusz.casework.meetings.actions.telling import note_all
from ratusz.casework.meetings.actions.waiting import let_go_lapsed, lock_meeting, refill
from ratusz.casework.meetings.kinds import kind_on
from ratusz.casework.meetings.models import Meeting, MeetingDuty, Move, Standing
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import ALIVE
from ratusz.casework.meetings.registries import tell_of_meeting
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day


def what_is_missing(meeting: Meeting, at: datetime) -> list[str]:
    """What has to be written before a meeting may be announced, in words."""
    wanted = [
        (meeting.title.strip(), _("the title")), (meeting.who_may_come.strip(), _("who may come")),
        (meeting.contact.strip(), _("a contact for questions")),
        (meeting.place or meeting.joining_link, _("the place, or a link to join online")),
        (meeting.starts_at > at, _("a day that is still ahead")),
    ]  # fmt: skip
    kind = kind_on(meeting.kind, local_day(meeting.starts_at))
    has_task = not kind.task or any(duty.task == kind.task for duty in meeting.duties.all())
    wanted.append((has_task, _("who has the task “%(task)s”") % {"task": MeetingDuty.Task(kind.task).label if kind.task else ""}))
    return [words for value, words in wanted if not value] + particulars.missing(kind, meeting.particulars, "before")


@transaction.atomic
def announce(*, meeting: Meeting, person: Any) -> Meeting:
    """Announces a draft: the kind of that day is kept, the case opens, registration begins. Announced twice it is announced once.

    Raises NotYours, Refused.
    """
    fresh = lock_meeting(meeting)
    now = database_now()
    rules.check_may(person, "announce", fresh, now)
    if fresh.state != State.DRAFT:
        if fresh.state == State.ANNOUNCED:
            return fresh
        raise rules.Refused(_("Only a draft can be announced."))
    if missing := what_is_missing(fresh, now):
        raise rules.Refused(_("Before announcing write: %(what)s.") % {"what": ", ".join(missing)})
    kind = kind_on(fresh.kind, local_day(fresh.starts_at))
    fresh.kind_facts, fresh.state, fresh.announced_at = kind.content, State.ANNOUNCED, now
    fresh.save(update_fields=["kind_facts", "state", "announced_at"])
    record(deed="meetings.announce", subject=fresh, after={"kind": fresh.kind, "starts_at": fresh.starts_at}, actor=person)
    url = f"/admin/spotkania/{fresh.pk}/"
    open_case(kind=f"meetings.{fresh.kind}", subject=fresh.key, title=str(fresh), unit=fresh.owner_unit, url=url, person=person)
    tell_of_meeting(fresh, "announced")
    return fresh


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, ends_at: datetime, reason: str, person: Any, despite: str = "", place: Any = None
) -> Meeting:
    """Another day for an announced meeting: registrations stay, the old day stays visible, everybody is told once and asked.

    Raises NotYours, Refused, Clashes.
    """
    fresh = lock_meeting(meeting)
    now = database_now()
    rules.check_may(person, "move", fresh, now)
    _check_moving(fresh, starts_at, reason, now)
    check_clashes(starts_at, ends_at, place or fresh.place, list(fresh.officials.all()), fresh.pk, despite)
    let_go_lapsed(fresh, now)
    Move.objects.create(
        meeting=fresh, was_starting_at=fresh.starts_at, was_ending_at=fresh.ends_at, reason=reason.strip(), moved_at=now
    )
    before: dict[str, Any] = {"starts_at": fresh.starts_at, "place": fresh.place_id}
    fresh.starts_at, fresh.ends_at, fresh.sequence = starts_at, ends_at, fresh.sequence + 1
    fresh.place = place or fresh.place
    # A period of registration set for the old day would close it for the new one.
    if fresh.registration_closes_at and fresh.registration_closes_at < starts_at and before["starts_at"] < starts_at:
        fresh.registration_closes_at += starts_at - before["starts_at"]
    fresh.save()
    after = {"starts_at": starts_at, "place": fresh.place_id, "reason": reason}
    record(deed="meetings.move", subject=fresh, before=before, after=after, actor=person)
    fresh.registrations.filter(standing=Standing.CONFIRMED).update(asked_again_at=now)
    _tell_all(fresh, "moved")
    refill(fresh, now)
    tell_of_meeting(fresh, "moved")
    return fresh


def _check_moving(meeting: Meeting, starts_at: datetime, reason: str, now: datetime) -> None:
    if meeting.state != State.ANNOUNCED:
        raise rules.Refused(_("Only an announced meeting is moved. Of a draft change the day in its form."))
    if meeting.starts_at <= now:
        raise rules.Refused(_("The meeting has begun and cannot be moved."))
    if starts_at <= now or starts_at == meeting.starts_at:
        raise rules.Refused(_("Give another day that is still ahead."))
    if not reason.strip():
        raise rules.Refused(_("Write why it is moved: people read it."))


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, person: Any) -> Meeting:
    """Cancels with a public reason; everybody registered is told once, those who wait too. Raises NotYours, Refused."""
    fresh = lock_meeting(meeting)
    now = database_now()
    rules.check_may(person, "cancel", fresh, now)
    if fresh.state == State.CANCELLED:
        return fresh
    if fresh.state not in (State.DRAFT, State.ANNOUNCED):
        raise rules.Refused(_("This meeting was held and cannot be cancelled."))
    if not reason.strip():
        raise rules.Refused(_("Write why it is cancelled: people read it."))
    was_announced = fresh.state == State.ANNOUNCED
    fresh.state, fresh.cancelled_at, fresh.cancel_reason, fresh.sequence = State.CANCELLED, now, reason.strip(), fresh.sequence + 1
    fresh.save(update_fields=["state", "cancelled_at", "cancel_reason", "sequence"])
    record(deed="meetings.cancel", subject=fresh, after={"reason": fresh.cancel_reason}, actor=person)
    if was_announced:
        _tell_all(fresh, "called_off")
    tell_of_meeting(fresh, "cancelled")
    return fresh


def _tell_all(meeting: Meeting, event: str) -> None:
    """Whoever has a seat, waits for one or for the organiser's word; not those who never confirmed their address."""
    told = Q(standing__in=[each for each in ALIVE if each != Standing.UNCONFIRMED])
    note_all(meeting.registrations.filter(told, address__isnull=False), event, meeting.sequence)


@transaction.atomic
def mark_held(*, meeting: Meeting, person: Any) -> Meeting:
    """Closes a meeting that took place; where the door was kept, who had a seat and was not let in is "absent".

    Raises NotYours, Refused.
    """
    fresh = lock_meeting(meeting)
    now = database_now()
    rules.check_may(person, "announce", fresh, now)
    if fresh.state in (State.HELD, State.ARCHIVED):
        return fresh
    if fresh.state != State.ANNOUNCED or fresh.starts_at > now:
        raise rules.Refused(_("Only an announced meeting that has begun can be closed as held."))
    if missing := particulars.missing(fresh.rules_of_kind, fresh.particulars, "after"):
        raise rules.Refused(_("Before closing write in its particulars: %(what)s.") % {"what": ", ".join(missing)})
    fresh.state, fresh.held_at = State.HELD, now
    fresh.save(update_fields=["state", "held_at"])
    seated = fresh.registrations.filter(standing=Standing.CONFIRMED)
    if fresh.registrations.filter(standing=Standing.CHECKED_IN).exists():
        seated.update(standing=Standing.ABSENT, ended_at=now)
    fresh.registrations.filter(standing__in=(Standing.WAITING, Standing.OFFERED, Standing.UNCONFIRMED, Standing.PENDING)).update(
        standing=Standing.EXPIRED, ended_at=now
    )
    record(deed="meetings.mark_held", subject=fresh, after={"held_at": now}, actor=person)
    tell_of_meeting(fresh, "held")
    return fresh
