"""A recorded meeting needs captions: its clock starts when the meeting is closed as held."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.clock import database_now

RULE = "recording.captions"
LOOKED_BACK = timedelta(days=60)


@transaction.atomic
def start_captions(*, at: datetime | None = None) -> int:
    """Every few minutes: recorded meetings closed as held get the clock of their captions, from their end, once."""
    now, count = at or database_now(), 0
    held = Meeting.objects.filter(is_recorded=True, state__in=(State.HELD, State.ARCHIVED), held_at__gt=now - LOOKED_BACK)
    subjects = {each.key: each for each in held.select_related("owner_unit")}
    known = set(Clock.objects.filter(rule_code=RULE, subject__in=list(subjects)).values_list("subject", flat=True))
    for subject, meeting in subjects.items():
        if subject not in known:
            label = _("Captions of the recording: %(title)s") % {"title": meeting.title}
            start_clock(
                rule=RULE, subject=subject, label=label, url=reverse("meetings_meeting", args=[meeting.pk]),
                unit=meeting.owner_unit,
                started_at=min(meeting.ends_at, meeting.held_at or meeting.ends_at),
            )  # fmt: skip
            count += 1
    return count
