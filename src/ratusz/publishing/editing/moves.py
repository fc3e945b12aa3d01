"""What waits for a person at the desk: texts to mend, to claim, to read, to approve, to publish; lone publications; sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.registries import Move

from . import rules
from .clocks import due_times, review_times
from .models import ApprovalLink, LonePublication, ReleaseItem, ReleaseSet, Submission
from .models.submissions import units_written_for

State = Submission.State
WORDS = {
    "mend": gettext_lazy("Mend and send in again: %(title)s"),
    "finish": gettext_lazy("Read and answer the unit: %(title)s"),
    "hand_over": gettext_lazy("Give back for a second pair of eyes: %(title)s"),
    "claim": gettext_lazy("Claim and read: %(title)s"),
    "approve": gettext_lazy("Read as the second person and approve: %(title)s"),
    "publish": gettext_lazy("Publish or set a moment: %(title)s"),
}


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """The person's own first, then what anybody of the department may take."""
    is_department = rules.is_department(person, at)
    yield from _submissions(person, at, is_department)
    if is_department:
        yield from _links_to_renew()
        yield from _lone_publications(person)
        yield from _sets(person)


def _submissions(person: Any, at: datetime, is_department: bool) -> Iterator[Move]:
    waiting = Q(state=State.RETURNED) & (Q(unit__in=units_written_for(person, at)) | Q(author=getattr(person, "pk", None)))
    if is_department:
        in_a_set = ReleaseItem.objects.filter(kind="submission", is_held=True, key=Cast(OuterRef("pk"), TextField()))
        waiting |= Q(state=State.SENT) | (Q(state=State.APPROVED, scheduled_for=None) & ~Exists(in_a_set))
    found = [each for each in Submission.objects.filter(waiting).order_by("moved_at") if _deed(person, each)]
    due = due_times(found)
    for submission in found:
        what = str(WORDS[_deed(person, submission)]) % {"title": submission.title}
        url = reverse("editing_submission", args=[submission.pk])
        yield Move(what, url, due_at=due.get(submission.pk), since=submission.moved_at, kind="editing")


def _deed(person: Any, submission: Submission) -> str:
    """Which move it is for this person; "" when it is somebody else's."""
    if submission.state == State.RETURNED:
        return "mend"
    if submission.state == State.APPROVED:
        return "publish"
    is_second = rules.is_second_pair(person, submission)
    if submission.claimed_by_id == person.pk:
        return "finish" if is_second else "hand_over"
    if submission.claimed_by_id is not None or not is_second:
        return ""
    return "claim" if submission.last_edited_by_id == submission.author_id else "approve"


def _links_to_renew() -> Iterator[Move]:
    """Whoever was asked by a link waits for a new one: the text has changed. A revoked link asks for none."""
    for link in ApprovalLink.objects.to_renew().select_related("submission").order_by("made_at"):
        what = _("Send a new link or revoke the old one (%(who)s): %(title)s")
        url = reverse("editing_submission", args=[link.submission_id])
        words = what % {"who": link.recipient, "title": link.submission.title}
        yield Move(words, url, since=link.submission.moved_at, kind="editing")


def _lone_publications(person: Any) -> Iterator[Move]:
    found = list(LonePublication.objects.unread().exclude(published_by=person).select_related("submission"))
    due = review_times(found)
    for lone in found:
        what = _("Read what went out without a second pair of eyes: %(title)s") % {"title": lone}
        yield Move(what, lone.address, due_at=due.get(lone.pk), since=lone.published_at, kind="editing")


def _may_approve(person: Any, release: ReleaseSet, is_makers: bool) -> bool:
    """Whether the set waits for a second pair of eyes, and this person's are."""
    if release.state != ReleaseSet.State.DRAFT or not release.goes_out_at or is_makers:
        return False
    return not rules.written_in_set(person.pk, release)


def _sets(person: Any) -> Iterator[Move]:
    for release in ReleaseSet.objects.filter(state__in=[ReleaseSet.State.DRAFT, ReleaseSet.State.APPROVED]):
        url = reverse("editing_set", args=[release.pk])
        is_makers = person.pk in (release.made_by_id, release.last_edited_by_id)
        if release.troubles and is_makers:
            what = _("Mend the release set: %(name)s") % {"name": release.name}
        elif _may_approve(person, release, is_makers):
            what = _("Look through the release set and approve it: %(name)s") % {"name": release.name}
        else:
            continue
        yield Move(what, url, due_at=release.goes_out_at, since=release.made_at, kind="editing")
