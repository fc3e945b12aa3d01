"""The clock of the step a submission stands at: one runs at a time, and says whose move it is until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .models import LonePublication, Submission

State = Submission.State


def rule_of(submission: Submission) -> str:
    """The rule of the clock that runs now; "" when nobody has to move."""
    if submission.state == State.SENT:
        return "editing.claim" if submission.claimed_by_id is None else "editing.approve"
    if submission.state == State.APPROVED:
        return "" if submission.scheduled_for else "editing.publish"
    return "editing.unit_reply" if submission.state == State.RETURNED else ""


def follow(submission: Submission) -> None:
    """Stops the clock of the step before and starts that of the step it stands at now."""


def due_times(submissions: Iterable[Submission]) -> dict[int, datetime]:
    """Until when somebody has to move, by number of the submission; one query for all."""
    return {}


def start_review(lone: LonePublication) -> None:
    """Somebody else reads a lone publication by the end of the next working day."""


def stop_review(lone: LonePublication) -> None:
    """It was read."""


def review_times(publications: Iterable[LonePublication]) -> dict[int, datetime]:
    """Until when each lone publication is to be read, by its number."""
    return {}
