"""One change of a meeting at a time: its row is locked before anything is checked."""

from __future__ import annotations

from typing import Any

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.models import Meeting
from ratusz.foundation.kit.clock import database_now


def lock_for(meeting: Meeting, deed: str, person: Any) -> Meeting:
    """The meeting's row, locked to the end of the transaction; raises NotYours for whoever may not do the deed there."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_may(person, deed, locked, database_now())
    return locked
