"""One step of a submission: the row locked, the deed checked, the step kept in its history, its clock set, the deed recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.foundation.audit.actions import record
from ratusz.publishing.editing import clocks, rules
from ratusz.publishing.editing.models import Submission, SubmissionNote

Step = SubmissionNote.Step


def locked(submission: Submission) -> Submission:
    """The row as it is now, for this transaction alone. Ask for the moment after it."""
    return Submission.objects.select_for_update(of=("self",)).select_related("unit", "author", "claimed_by").get(pk=submission.pk)


def locked_for(submission: Submission, person: Any, deed: str, at: datetime) -> Submission:
    """The locked row, when the person may do this now; raises PermissionDenied or NotNow."""
    row = locked(submission)
    rules.check(person, deed, row, at)
    return row


def note(submission: Submission, step: str, person: Any, at: datetime, words: str = "") -> SubmissionNote:
    """Writes one step into the history."""
    return SubmissionNote.objects.create(
        submission=submission, step=step, words=words.strip(), version=submission.version, noted_by=person, noted_at=at
    )


def moved(submission: Submission, deed: str, before: str, person: Any, at: datetime, **after: Any) -> None:
    """Saves a submission that made a step: its clock follows, the record tells."""
    submission.moved_at = at
    submission.save()
    clocks.follow(submission)
    record(deed=deed, subject=submission, before={"state": before}, after={"state": submission.state, **after}, actor=person)
