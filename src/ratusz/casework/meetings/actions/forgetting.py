"""Data of registered and invited people go when their time is over or they ask; the numbers stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from ratusz.casework.meetings.actions.forgetting_the_day import erase_questions
from ratusz.casework.meetings.actions.waiting import refill_meeting
from ratusz.casework.meetings.models import Invitation, Meeting, Registration, Standing
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

BLANK: dict[str, Any] = {
    "name": "", "address": None, "second_address": None, "newsroom": "", "newsroom_key": "", "needs": [], "needs_words": "",
    "question": "", "consents": [],
}  # fmt: skip
BATCH = 500
IN_VAIN = (Standing.WAITING, Standing.OFFERED, Standing.EXPIRED, Standing.DECLINED, Standing.UNCONFIRMED, Standing.PENDING)
"""Who never had a seat: their data go sooner."""


@transaction.atomic
def erase_registrations(*, registrations: Iterable[Registration]) -> int:
    """Erases at the person's request: who they were goes, that a seat was taken stays. A live registration ends with it."""
    now, count, freed = database_now(), 0, set()
    for each in registrations:
        standing = Standing.CANCELLED if each.is_alive and each.standing != Standing.CHECKED_IN else each.standing
        mine = Registration.objects.filter(pk=each.pk, erased_at=None)
        if mine.update(**BLANK, standing=standing, ended_at=each.ended_at or now, erased_at=now, needs_erased_at=now):
            record(deed="meetings.erase_registration", subject=each, after={"standing": standing})
            erase_questions(questions=each.questions.all())
            count += 1
            freed |= {each.meeting_id} if each.is_alive else set()
    # What they held goes to the next in the line.
    for pk in sorted(freed):
        refill_meeting(meeting=Meeting(pk=pk))
    return count


@transaction.atomic
def erase_invitations(*, invitations: Iterable[Invitation]) -> int:
    """Erases who was invited; that somebody was, and what they answered, stays."""
    now, count = database_now(), 0
    for each in invitations:
        if Invitation.objects.filter(pk=each.pk, erased_at=None).update(name="", organisation="", address=None, erased_at=now):
            record(deed="meetings.erase_invitation", subject=each)
            count += 1
    return count


@transaction.atomic
def forget_registrations(*, at: datetime | None = None) -> int:
    """Every night: needs and people who waited in vain 7 days after the meeting, the others 30 (days of the meeting's kind)."""
    now, count = at or database_now(), 0
    over = Meeting.objects.filter(Q(ends_at__lt=now) | Q(state=State.CANCELLED))
    left = Q(registrations__erased_at=None, registrations__isnull=False) | Q(invitations__erased_at=None, invitations__isnull=False)
    for meeting in over.filter(left).distinct().order_by("pk")[:BATCH]:
        count += _forget(meeting, now)
    return count


def _forget(meeting: Meeting, now: datetime) -> int:
    keep, ended = meeting.rules_of_kind.keep, min(meeting.ends_at, meeting.cancelled_at or meeting.ends_at)
    theirs = meeting.registrations.filter(erased_at=None)
    count = 0
    if ended + timedelta(days=keep.needs) <= now:
        count += theirs.filter(needs_erased_at=None).update(needs=[], needs_words="", needs_erased_at=now)
    if ended + timedelta(days=keep.waiting) <= now:
        count += theirs.filter(standing__in=IN_VAIN).update(**BLANK, erased_at=now)
    if ended + timedelta(days=keep.registrations) <= now:
        count += theirs.update(**BLANK, erased_at=now)
        count += meeting.invitations.filter(erased_at=None).update(name="", organisation="", address=None, erased_at=now)
    return count
