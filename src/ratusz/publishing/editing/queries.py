"""Reads over submissions: the list with its clocks, and what one page of a submission needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from ratusz.foundation.kit.plain_numbers import plain_number

from .models import ApprovalLink, ReleaseSet, Submission, SubmissionNote

FILTERS = ("mine", "open", "all")


def listed(person: Any, at: datetime, *, state: str = "", unit: str = "", which: str = "open") -> QuerySet[Submission]:
    """Submissions the person may see, those that wait longest first; `which` is open, mine (claimed or written) or all.

    Each knows the release set in which it waits: `set_name`, None when in none.
    """
    found = Submission.objects.seen_by(person, at).select_related("unit", "claimed_by", "author")
    if which == "mine":
        found = found.filter(claimed_by=person.pk) | found.filter(author=person.pk)
    if state in Submission.State.values:
        found = found.filter(state=state)
    elif which != "all":
        found = found.open()
    if (number := plain_number(unit)) is not None:
        found = found.filter(unit=number)
    held = ReleaseSet.objects.holding("submission", Cast(OuterRef("pk"), TextField()))
    return found.annotate(set_name=Subquery(held.values("name")[:1])).order_by("moved_at", "pk")


def history_of(submission: Submission) -> list[SubmissionNote]:
    """Each step with whoever made it."""
    return list(submission.notes.select_related("noted_by"))


def links_of(submission: Submission) -> list[ApprovalLink]:
    """Links of approval with their answers, the newest first."""
    return list(submission.links.prefetch_related("answers").select_related("made_by"))
