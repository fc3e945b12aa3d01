"""The department reads: claim, give back, ask back, comment, approve, close."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import rules
from ratusz.publishing.editing.checks import blocking_on
from ratusz.publishing.editing.models import Submission, SubmissionNote

from .steps import Step, locked, locked_for, moved, note
from .telling import tell_author

State = Submission.State


@transaction.atomic
def claim(*, submission: Submission, person: Any) -> Submission:
    """The text is this person's to read; of two at once one gets it, the other reads who was first."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "claim", submission, now)
    submission.claimed_by, submission.claimed_at = person, now
    moved(submission, "editing.claim", submission.state, person, now)
    note(submission, Step.CLAIMED, person, now)
    return submission


@transaction.atomic
def release_claim(*, submission: Submission, person: Any, words: str = "") -> Submission:
    """Gives the text back for somebody else, for example for a second pair of eyes; the head may free anybody's."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "release", submission, now)
    submission.claimed_by = submission.claimed_at = None
    moved(submission, "editing.release_claim", submission.state, person, now)
    note(submission, Step.RELEASED, person, now, words)
    return submission


@transaction.atomic
def ask_back(*, submission: Submission, reason: str, person: Any) -> Submission:
    """Back to the unit with what is to be mended or answered; its editors are told. Raises NotNow without a reason."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "ask_back", submission, now)
    _ask_for(reason, _("Write what the unit is to mend or answer."))
    before = submission.state
    submission.state = State.RETURNED
    submission.claimed_by = submission.claimed_at = submission.scheduled_for = None
    submission.approved_by = submission.approved_at = submission.approved_version = None
    moved(submission, "editing.ask_back", before, person, now)
    tell_author(submission, note(submission, Step.ASKED_BACK, person, now, reason), "asked_back")
    return submission


@transaction.atomic
def comment(*, submission: Submission, words: str, person: Any) -> SubmissionNote:
    """A remark in the history, without a step."""
    now = database_now()
    submission = locked_for(submission, person, "comment", now)
    _ask_for(words, _("Write the remark first."))
    written = note(submission, Step.COMMENT, person, now, words)
    record(deed="editing.comment", subject=submission, actor=person)
    return written


@transaction.atomic
def approve(*, submission: Submission, seen_version: int, person: Any) -> Submission:
    """The second pair of eyes says yes to the version it has read. Raises NotNow for the author and the last editor,
    ChangedMeanwhile when there is a newer version than the one read, NotComplete while a gate stops it."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "approve", submission, now)
    if submission.version != seen_version:
        raise rules.ChangedMeanwhile(submission)
    if shut := blocking_on(submission, now):
        raise rules.NotComplete(shut)
    before = submission.state
    submission.state = State.APPROVED
    submission.approved_by, submission.approved_at, submission.approved_version = person, now, submission.version
    submission.claimed_by = submission.claimed_at = None
    moved(submission, "editing.approve", before, person, now, version=submission.version)
    note(submission, Step.APPROVED, person, now)
    return submission


@transaction.atomic
def close(*, submission: Submission, reason: str, person: Any) -> Submission:
    """Nothing comes of it; the reason stays in the history. Raises NotNow without one."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "close", submission, now)
    _ask_for(reason, _("Write why nothing comes of it."))
    before = submission.state
    submission.state = State.CLOSED
    submission.claimed_by = submission.claimed_at = submission.scheduled_for = None
    moved(submission, "editing.close", before, person, now)
    tell_author(submission, note(submission, Step.CLOSED, person, now, reason), "closed")
    return submission


def _ask_for(words: str, otherwise: str) -> None:
    if not words.strip():
        raise rules.NotNow(otherwise)
