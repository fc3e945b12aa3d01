"""Tasks at a meeting are given and taken away; what is to be done before it follows the task to whoever has it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.checklists import codes_of
from ratusz.casework.meetings.models import Meeting, MeetingDuty
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@transaction.atomic
def give_duty(*, meeting: Meeting, to: Any, task: str, person: Any, also_later: bool = False) -> MeetingDuty:
    """The person gets the task, and the things of the checklist that belong to it and are nobody's.

    `also_later`: at the meetings of the series after this one too. Raises NotYours, Refused.
    """
    locked, now = lock_for(meeting, "give_duties", person), database_now()
    _check_open(locked)
    if not rules.may_be_given(to, task, person, locked, now):
        raise rules.Refused(_("This task cannot be given so. It goes to staff, and nobody makes themselves the host who approves."))
    duty = _give(locked, to, task, person)
    for later in _later(locked) if also_later else ():
        # Each meeting by its own rule: an organiser of this one need not be the organiser of the next.
        if rules.may(person, "give_duties", later, now) and rules.may_be_given(to, task, person, later, now):
            _give(later, to, task, person)
    return duty


def _give(meeting: Meeting, to: Any, task: str, person: Any) -> MeetingDuty:
    duty, is_new = MeetingDuty.objects.get_or_create(meeting=meeting, person=to, task=task)
    if is_new:
        meeting.checklist.filter(code__in=codes_of(task), owner=None, done_at=None).update(owner=to)
        record(deed="meetings.give_duty", subject=meeting, after={"task": task, "person": to.pk}, actor=person)
    return duty


def _later(meeting: Meeting) -> list[Meeting]:
    """Meetings of the series after this one, locked from the nearest on, as whoever begins at one of them does."""
    rows = Meeting.objects.filter(series=meeting.series_id, series__isnull=False, starts_at__gt=meeting.starts_at)
    return list(rows.filter(state__in=(State.DRAFT, State.ANNOUNCED)).select_for_update(of=("self",)).order_by("starts_at", "pk"))


@transaction.atomic
def take_duty(*, duty: MeetingDuty, person: Any) -> None:
    """Takes the task away; things not done yet go to another one with the task, or wait for an owner. Raises NotYours, Refused."""
    meeting = lock_for(duty.meeting, "give_duties", person)
    _check_open(meeting)
    others = meeting.duties.filter(task=duty.task).exclude(pk=duty.pk).select_related("person").order_by("pk")
    heir = others.first()
    if duty.task == MeetingDuty.Task.ORGANISER and heir is None:
        raise rules.Refused(_("A meeting has an organiser. Give this task to somebody else first."))
    gone, _rows = MeetingDuty.objects.filter(pk=duty.pk).delete()
    if not gone:
        return
    theirs = meeting.checklist.filter(code__in=codes_of(duty.task), owner=duty.person_id, done_at=None)
    theirs.update(owner=heir.person if heir else None)
    record(deed="meetings.take_duty", subject=meeting, before={"task": duty.task, "person": duty.person_id}, actor=person)


def _check_open(meeting: Meeting) -> None:
    if meeting.state in (State.CANCELLED, State.ARCHIVED):
        raise rules.Refused(_("This meeting is over or cancelled and cannot be changed."))
