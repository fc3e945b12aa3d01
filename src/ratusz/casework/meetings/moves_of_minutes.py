"""Minutes that wait: to be begun, written, decided upon and published, for whoever may do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.minutes import is_awaited
from ratusz.casework.meetings.minutes.checking import due_day, end_of
from ratusz.casework.meetings.models import Meeting, MeetingDuty, Minutes, Suggestion
from ratusz.foundation.kit.registries import Move

MOST = 50


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """The host's and the minute-taker's own meetings; to editors and heads of the department those of everybody."""
    tasks = (
        set(MeetingDuty.objects.filter(person=person.pk).values_list("meeting", "task")) if getattr(person, "pk", None) else set()
    )
    everywhere = {deed for deed in ("write_minutes", "approve_minutes", "publish_minutes") if rules.may(person, deed, None, at)}
    if not everywhere and not tasks:
        return
    meetings = (
        Meeting.objects.filter(ends_at__lte=at, state__in=("announced", "held")).select_related("minutes").order_by("ends_at")
    )
    if not everywhere:
        meetings = meetings.filter(pk__in={meeting for meeting, _task in tasks})
    waiting = [each for each in meetings if _waits(each)][:MOST]
    open_in = set(Suggestion.objects.filter(state="open", minutes__meeting__in=waiting).values_list("minutes__meeting", flat=True))
    for meeting in waiting:
        mine = everywhere | _deeds_of({task for pk, task in tasks if pk == meeting.pk})
        if move := _move(meeting, mine, meeting.pk in open_in):
            yield move


def _waits(meeting: Meeting) -> bool:
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    if minutes is None:
        return is_awaited(meeting)
    return minutes.is_open or (minutes.state == "approved" and minutes.is_public)


def _deeds_of(tasks: set[str]) -> set[str]:
    return {deed for deed, allowed in rules.BY_TASK.items() if tasks & {str(each) for each in allowed}}


def _move(meeting: Meeting, deeds: set[str], has_suggestions: bool) -> Move | None:
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    words, name, deed = _("Begin the minutes: %(meeting)s"), "meetings_minutes_register", "write_minutes"
    if minutes is not None and minutes.state == "approved":
        words, name, deed = _("Publish the minutes: %(meeting)s"), "meetings_minutes_look", "publish_minutes"
    elif minutes is not None and has_suggestions:
        words, name = _("Decide on remarks to the minutes: %(meeting)s"), "meetings_minutes_review"
    elif minutes is not None and minutes.state != "in_review":
        words, name = _("Finish the minutes: %(meeting)s"), "meetings_minutes_write"
    elif minutes is not None:
        words, name, deed = _("Approve the minutes when remarks are in: %(meeting)s"), "meetings_minutes_look", "approve_minutes"
    if deed not in deeds:
        return None
    url = reverse(name) if minutes is None else reverse(name, args=[meeting.pk])
    due = end_of(due_day(meeting.ends_at, meeting.rules_of_kind.minutes.days)) if is_awaited(meeting) else None
    return Move(words % {"meeting": meeting.title}, url, due_at=due, since=meeting.ends_at, kind="meetings.minutes")
