"""The case of a meeting in the office's file plan: its papers and who may open it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ratusz.casework.documents.registries import Paper
from ratusz.casework.meetings import rules
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.registries import case_papers


def meeting_of(subject: str) -> Meeting | None:
    """The meeting behind "meetings.meeting:12"."""
    return Meeting.objects.filter(pk=int(subject.rpartition(":")[2])).first()


def papers(subject: str) -> Iterable[Paper]:
    """Everything that parts of this module put into the case."""
    meeting = meeting_of(subject)
    for each in case_papers if meeting else ():
        yield from each(meeting)


def may_see(person: Any, subject: str, at: datetime) -> bool:
    """Whoever may see the meeting may open its case."""
    meeting = meeting_of(subject)
    return meeting is not None and rules.may(person, "see", meeting, at)
