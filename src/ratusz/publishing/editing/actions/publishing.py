"""What is approved goes out: at once, at its moment, or, recorded and read afterwards, by one person alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import hold_back, stopping
from ratusz.publishing.editing import clocks, rules
from ratusz.publishing.editing.checks import address_of, held_words, outgoing_of, troubles_of, what_holds
from ratusz.publishing.editing.models import LonePublication, Submission
from ratusz.publishing.editing.pages import list_of_news, page_as_it_will_be
from ratusz.publishing.editing.reading import read_submission
from ratusz.publishing.gates.actions import carry_overrides
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.website.page_gates.reading import reading_of_page

from .letting_out import letting_out
from .messages import start_message
from .pictures import settle_pictures
from .steps import Step, locked, moved, note
from .telling import tell_author

State = Submission.State


@transaction.atomic
def schedule(*, submission: Submission, moment: datetime, person: Any) -> Submission:
    """Goes out by itself at that moment, when nothing stands in its way then. Raises NotNow for the past, NotComplete."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "schedule", submission, now)
    if moment <= now:
        raise rules.NotNow(_("This moment is over. Choose one ahead, or publish now."))
    if troubles := [*troubles_of(submission, moment), *what_holds(submission, moment)]:
        raise rules.NotComplete(troubles)
    submission.scheduled_for = moment
    submission.claimed_by = submission.claimed_at = None
    moved(submission, "editing.schedule", submission.state, person, now, scheduled_for=moment)
    note(submission, Step.SCHEDULED, person, now)
    return submission


@transaction.atomic
def unschedule(*, submission: Submission, person: Any) -> Submission:
    """Takes the moment back; the approval stays."""
    submission = locked(submission)
    now = database_now()
    rules.check(person, "unschedule", submission, now)
    submission.scheduled_for = None
    moved(submission, "editing.unschedule", submission.state, person, now)
    note(submission, Step.UNSCHEDULED, person, now)
    return submission


@letting_out()
def publish(*, submission: Submission, person: Any) -> Submission:
    """Lets an approved text out now. Raises NotNow, NotComplete with what stands in the way; of two at once one publishes."""
    settle_pictures(submission=submission)
    submission = locked(submission)
    now = database_now()
    rules.check(person, "publish", submission, now)
    return let_out(submission, person, now, by=person)


@letting_out()
def publish_alone(*, submission: Submission, reason: str, person: Any) -> Submission:
    """Without a second pair of eyes: for heads and whoever is on duty, with a reason; somebody else reads it the next day."""
    settle_pictures(submission=submission)
    submission = locked(submission)
    now = database_now()
    rules.check(person, "publish_alone", submission, now)
    if not reason.strip():
        raise rules.NotNow(_("Write why it cannot wait for a second pair of eyes."))
    submission.is_lone = True
    lone = LonePublication.objects.create(
        submission=submission, version=submission.version, reason=reason.strip(), published_by=person, published_at=now
    )
    let_out(submission, person, now, by=person, step=Step.ALONE, words=reason)
    clocks.start_review(lone)
    return submission


def let_out(
    submission: Submission, person: Any, at: datetime, *, by: Any, step: str = Step.PUBLISHED, words: str = ""
) -> Submission:  # fmt: skip
    """Publishes a locked submission that may go: the page is made or gets a new revision. Raises NotComplete, Held.

    It goes out in the name of `person`; `by` lets it out now, None: the program, at its moment.
    """
    if submission.kind == Submission.Kind.PAGE_CHANGE and submission.page_id is not None:
        # Locked, so that of two changes of one page the second is told of the first.
        submission.page = Page.objects.select_for_update(of=("self",)).filter(pk=submission.page_id).first()
    _refuse_troubles(submission, at, by)
    before = submission.state
    if submission.kind == Submission.Kind.MESSAGE:
        submission.message = start_message(submission, person)
    else:
        submission.page = _publish_page(submission, person, at)
    submission.state, submission.published_at = State.PUBLISHED, at
    submission.claimed_by = submission.claimed_at = submission.scheduled_for = None
    moved(submission, "editing.publish", before, person, at, version=submission.version, is_lone=submission.is_lone)
    tell_author(submission, note(submission, step, person, at, words), "published")
    return submission


def _refuse_troubles(submission: Submission, at: datetime, by: Any) -> None:
    if troubles := troubles_of(submission, at):
        raise rules.NotComplete(troubles)
    outgoing = outgoing_of(submission, by)
    if found := stopping(hold_back(outgoing, at), outgoing):
        raise rules.Held(held_words(found, submission), [outgoing])


def _publish_page(submission: Submission, person: Any, at: datetime) -> Any:
    """Wagtail keeps the revision and its own log; our rules have already said who may."""
    page = page_as_it_will_be(submission, at)
    try:
        if page.pk is None:
            page = _put_among_news(page, submission)
        revision = page.save_revision(user=person, log_action=True)
        made_of = reading_of_page(revision.as_object())
        carry_overrides(source=read_submission(submission), target=made_of, at=at)
        # The submission has been asked as itself whether something holds it back.
        page.publish(revision, user=person, skip_permission_checks=True, is_asked=True)
    except GatesShut as shut:
        raise rules.NotComplete([(finding.words, address_of(submission)) for finding in shut.blocking]) from shut
    except ValidationError as refusal:
        raise rules.NotComplete([(words, address_of(submission)) for words in refusal.messages]) from refusal
    return page.page_ptr if hasattr(page, "page_ptr") else page


def _put_among_news(page: Any, submission: Submission) -> Any:
    parent = list_of_news()
    if parent is None:
        raise rules.NotComplete([(_("The portal has no list of news yet."), "")])
    page.locale, page.owner = parent.locale, submission.author
    return parent.add_child(instance=page)


def publish_due() -> int:
    """For the schedule: lets out what is due, each in a transaction of its own; gives back how many went out.

    Two schedulers at once publish each once: the second waits for the row and finds it gone out. What may not go stays
    approved without a moment, with the reason in its history.
    """
    count = 0
    for pk in list(Submission.objects.due_to_go_out(database_now()).values_list("pk", flat=True)):
        count += _publish_one_due(pk)
    return count


@transaction.atomic
def _publish_one_due(pk: int) -> bool:
    submission = locked(Submission(pk=pk))
    now = database_now()
    if submission.state != State.APPROVED or submission.scheduled_for is None or submission.scheduled_for > now:
        return False
    with acting(system("editing")):
        try:
            _refuse_in_a_set(submission)
            with letting_out():
                let_out(submission, submission.approved_by, now, by=None)
            return True
        except rules.NotComplete as refusal:
            _hold(Submission.objects.get(pk=pk), str(refusal), now)
        except PermissionDenied:
            words = _("Whoever approved it may not let it out any more. Publish it yourself.")
            _hold(Submission.objects.get(pk=pk), words, now)
    return False


def _refuse_in_a_set(submission: Submission) -> None:
    """A text with a moment joins no set; one that got into both all the same leaves with the set alone."""
    if words := rules.waits_in_a_set("publish", submission):
        raise rules.NotComplete([(words, address_of(submission))])


def _hold(submission: Submission, words: str, at: datetime) -> None:
    submission.scheduled_for = None
    moved(submission, "editing.hold", submission.state, None, at)
    note(submission, Step.HELD, None, at, words)


@transaction.atomic
def review_lone_publication(*, publication: LonePublication, words: str, person: Any) -> LonePublication:
    """Somebody else has read what went out alone, and says what they found. Raises NotNow for the publisher."""
    publication = LonePublication.objects.select_for_update(of=("self",)).select_related("submission").get(pk=publication.pk)
    now = database_now()
    rules.check_review(person, publication, now)
    publication.reviewed_by, publication.reviewed_at, publication.review = person, now, words.strip()
    publication.save()
    clocks.stop_review(publication)
    if publication.submission is not None:
        note(publication.submission, Step.REVIEWED, person, now, words)
    record(deed="editing.review_lone_publication", subject=publication, after={"review": words.strip()}, actor=person)
    return publication
