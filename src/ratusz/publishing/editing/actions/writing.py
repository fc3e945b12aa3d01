"""Begin a submission, save what it says, send it to the department."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.publishing.editing import rules
from ratusz.publishing.editing.about import about_page
from ratusz.publishing.editing.checks import missing_before_sending
from ratusz.publishing.editing.content import NAMES, Content
from ratusz.publishing.editing.models import Submission, SubmissionPicture, SubmissionVersion
from ratusz.publishing.editing.page_changes import touched_since
from ratusz.publishing.editing.pages import blocks_of_page, pictures_on_page

from .naming import name_pictures
from .steps import Step, locked, locked_for, moved, note

State = Submission.State


@transaction.atomic
def start_submission(
    *, unit: Unit, kind: str, content: Content, person: Any, page: Page | None = None
) -> Submission:  # fmt: skip
    """A new draft of the unit. Raises PermissionDenied for whoever neither writes for the unit nor works in the department."""
    now = database_now()
    if not (rules.writes_for(person, unit, now) or rules.is_department(person, now)):
        raise PermissionDenied
    submission = Submission(unit=unit, author=person, last_edited_by=person, kind=kind, page=page, made_at=now, moved_at=now)
    submission.page_revision = page.live_revision_id if page is not None else None
    _take_in(submission, content)
    submission.save()
    _keep_version(submission, person, now)
    record(deed="editing.start_submission", subject=submission, after={"unit": unit.short_name, "kind": kind}, actor=person)
    return submission


@transaction.atomic
def start_change(*, unit: Unit, page: Page, person: Any) -> Submission:
    """A draft that begins with what a published page says now; its pictures and special parts come along."""
    # As it stands now: the words and the number of their version have to belong together.
    page = Page.objects.get(pk=page.pk).specific
    content = Content(title=page.title, lead=getattr(page, "lead", ""), **about_page(page))
    submission = start_submission(unit=unit, kind=Submission.Kind.PAGE_CHANGE, content=content, person=person, page=page)
    rows = {image: SubmissionPicture.objects.create(submission=submission, image_id=image) for image in pictures_on_page(page)}
    body = blocks_of_page(page, {image: row.pk for image, row in rows.items()})
    return save_submission(submission=submission, content=replace(content, body=body), seen_version=1, person=person)


@transaction.atomic
def save_submission(*, submission: Submission, content: Content, seen_version: int, person: Any) -> Submission:
    """Keeps a new version. `seen_version` is the one the person began from.

    Raises ChangedMeanwhile when somebody saved since, NotNow when the state does not allow it. Equal words make no version. A
    change of an approved text takes its approval back.
    """
    now = database_now()
    submission = locked_for(submission, person, "edit", now)
    if submission.version != seen_version:
        raise rules.ChangedMeanwhile(submission)
    if Content.of(submission) == content:
        return submission
    before = submission.state
    _take_in(submission, content)
    submission.version += 1
    submission.last_edited_by = person
    _take_approval_back(submission)
    _keep_version(submission, person, now)
    name_pictures(submission=submission)
    moved(submission, "editing.save_submission", before, person, now, version=submission.version)
    return submission


def _take_approval_back(submission: Submission) -> None:
    if submission.state == State.APPROVED:
        submission.state = State.SENT
        submission.approved_by = submission.approved_at = submission.approved_version = submission.scheduled_for = None


@transaction.atomic
def take_in_page_changes(*, submission: Submission, seen_revision: int, person: Any) -> Submission:
    """The person has looked through what changed on the page since, and says that the submission's words may stand on top.

    Somebody else approves it after that. Raises NotNow when the page changed once more after `seen_revision`.
    """
    submission = locked(submission)
    now = database_now()
    rules.check(person, "edit", submission, now)
    page = submission.page
    if page is None or not touched_since(submission):
        return submission
    if page.latest_revision_id != seen_revision:
        raise rules.NotNow(_("The page has changed once more. Look through it again."))
    before = submission.state
    submission.page_revision, submission.last_edited_by = seen_revision, person
    _take_approval_back(submission)
    moved(submission, "editing.take_in_page_changes", before, person, now, page_revision=seen_revision)
    note(submission, Step.PAGE_TAKEN_IN, person, now)
    return submission


def _take_in(submission: Submission, content: Content) -> None:
    for name in NAMES:
        setattr(submission, name, getattr(content, name))


def _keep_version(submission: Submission, person: Any, at: Any) -> None:
    SubmissionVersion.objects.create(
        submission=submission, number=submission.version, content=Content.of(submission).as_kept(), made_by=person, made_at=at
    )


@transaction.atomic
def send_submission(*, submission: Submission, person: Any, words: str = "") -> Submission:
    """The department has the move. Raises NotComplete when there is nothing to read or nobody to ask."""
    now = database_now()
    submission = locked(submission)
    rules.check(person, "send", submission, now)
    if missing := missing_before_sending(submission):
        raise rules.NotComplete(missing)
    before = submission.state
    submission.state, submission.sent_at = State.SENT, submission.sent_at or now
    moved(submission, "editing.send_submission", before, person, now)
    note(submission, Step.SENT, person, now, words)
    return submission
