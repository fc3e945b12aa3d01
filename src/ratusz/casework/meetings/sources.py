"""What earlier meetings left open: points not finished and voices a unit has not answered yet. A source of agendas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ratusz.casework.meetings.models import AgendaItem, Meeting, Outcome, PointState, Visibility, Voice
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.registries import OpenPoint
from ratusz.foundation.kit.dates import local_day, polish_date

OVER = (State.HELD, State.ARCHIVED)
IN_TITLE = 200
"""Signs of a voice that its point is named by; a longer voice stands whole in the text of the point."""
HOW_FAR_BACK = 24
"""Meetings of the same line whose unanswered voices are looked for."""


def unfinished(meeting: Meeting, at: datetime) -> Iterator[OpenPoint]:
    """Unfinished points of the last meeting of the same line, then voices of that line that wait for a unit, late ones first."""
    earlier = list(same_line(meeting).filter(state__in=OVER, starts_at__lt=meeting.starts_at).order_by("-starts_at")[:HOW_FAR_BACK])
    if not earlier:
        return
    left = AgendaItem.objects.filter(meeting=earlier[0], state__in=(PointState.OPEN, PointState.CARRIED_OVER))
    for item in left.order_by("order"):
        yield OpenPoint(
            key=item.key, title=item.title, text=item.text, unit=item.owner, url=item.facts.get("url", ""),
            state=_("left from %(day)s") % {"day": polish_date(earlier[0].starts_at)}, is_late=bool(item.facts.get("is_late")),
            is_public=item.visibility != Visibility.INTERNAL,
        )  # fmt: skip
    yield from _unanswered(earlier, at)


def same_line(meeting: Meeting) -> QuerySet[Meeting]:
    """The other meetings of its series; without a series those of its kind in the same district or with the same group."""
    others = Meeting.objects.exclude(pk=meeting.pk)
    if meeting.series_id:
        return others.filter(series=meeting.series_id)
    line = Q(kind=meeting.kind, district=meeting.district_id, group_name=meeting.group_name)
    return others.filter(line) if meeting.district_id or meeting.group_name else others.none()


def _unanswered(meetings: list[Meeting], at: datetime) -> Iterator[OpenPoint]:
    from ratusz.casework.meetings.follow_ups import due_days

    waiting = list(
        Voice.objects.filter(meeting__in=meetings, outcome=Outcome.FOLLOW_UP, later_answered_at=None)
        .select_related("outcome_unit", "meeting")
        .order_by("triaged_at", "pk")
    )
    due, today = due_days(waiting), local_day(at)
    for voice in sorted(waiting, key=lambda each: (due.get(each.key, today) >= today, each.triaged_at, each.pk)):
        day = due.get(voice.key)
        yield OpenPoint(
            key=voice.key, title=_("Answer to a voice: %(text)s") % {"text": voice.question[:IN_TITLE]},
            text=voice.question if len(voice.question) > IN_TITLE else "",
            unit=str(voice.outcome_unit), due=polish_date(day) if day else "", state=_("waits for the unit"),
            is_late=day is not None and day < today,
        )  # fmt: skip
