"""Words people left at a meeting go when their time is over or they ask; numbers, outcomes and public words stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ratusz.casework.meetings.models import Meeting, MeetingRequest, Outcome, Question
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.kit.clock import database_now

IN_THE_DOCUMENT_SYSTEM = (Outcome.APPLICATION, Outcome.COMPLAINT)


def is_over(request: MeetingRequest) -> bool:
    """Whether nothing has to be done with it here any more, so that its personal data may go."""
    if request.outcome in IN_THE_DOCUMENT_SYSTEM:
        return bool(request.foreign_number)
    if request.outcome in (Outcome.FOLLOW_UP, Outcome.INFORMATION) and not request.target_key:
        return request.later_answered_at is not None
    return bool(request.outcome)


@transaction.atomic
def erase_requests(*, requests: Iterable[MeetingRequest]) -> int:
    """Erases who filed them and what they wrote; the number, subject and outcome stay. One still to be dealt with is left."""
    count = 0
    for each in requests:
        if each.erased_at is None and is_over(each):
            _erase_request(each, database_now())
            count += 1
    return count


def _erase_request(request: MeetingRequest, now: datetime) -> None:
    scan = request.scan
    MeetingRequest.objects.filter(pk=request.pk).update(name="", address=None, text="", scan=None, erased_at=now)
    if scan is not None:
        delete_file(file=scan, reason="retention")
    record(deed="meetings.erase_request", subject=request)


@transaction.atomic
def erase_questions(*, questions: Iterable[Question]) -> int:
    """Erases the words of questions and of who asked; that somebody asked stays."""
    count = 0
    for each in questions:
        if Question.objects.filter(pk=each.pk, erased_at=None).update(text="", who="", erased_at=database_now()):
            record(deed="meetings.erase_question", subject=each)
            count += 1
    return count


@transaction.atomic
def forget_the_day(*, at: datetime | None = None) -> int:
    """Every night: words of speakers and questions, and who filed requests, after the days the kind of their meeting says."""
    now = at or database_now()
    return _forget_words(now) + _forget_requests(now)


def _forget_words(now: datetime) -> int:
    has_words = Q(questions__erased_at=None, questions__isnull=False) | Q(speakers__isnull=False) & ~Q(speakers__who="")
    count = 0
    for meeting in Meeting.objects.filter(has_words, ends_at__lt=now).distinct():
        if meeting.ends_at + timedelta(days=meeting.rules_of_kind.keep.words) < now:
            count += meeting.speakers.exclude(who="").update(who="")
            count += meeting.questions.filter(erased_at=None).update(text="", who="", erased_at=now)
    return count


def _forget_requests(now: datetime) -> int:
    count = 0
    for each in MeetingRequest.objects.filter(erased_at=None, triaged_at__lt=now).select_related("scan", "meeting"):
        kept = timedelta(days=each.meeting.rules_of_kind.keep.requests)
        if each.triaged_at is not None and each.triaged_at + kept < now and is_over(each):
            _erase_request(each, now)
            count += 1
    return count
