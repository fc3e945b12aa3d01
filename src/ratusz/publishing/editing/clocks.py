"""The clock of the step a submission stands at: one runs at a time, and says whose move it is until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from ratusz.casework.deadlines.actions import assign_clock, start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.units.models import Unit

from . import rules
from .models import LonePublication, Submission

State = Submission.State
CLAIM, EDIT, SECOND_EYES, PUBLISH, ANSWER = (
    "editing.claim", "editing.edit", "editing.second_eyes", "editing.publish", "editing.unit_answer",
)  # fmt: skip
REVIEW = "editing.review_of_lone_publication"
ENDS = {CLAIM: "claimed", EDIT: "edited", SECOND_EYES: "approved", PUBLISH: "published", ANSWER: "answered"}
"""What the next step says of the clock that ran, unless ENDED_BY says otherwise."""
ENDED_BY = {
    (SECOND_EYES, State.SENT): "sent_back", (SECOND_EYES, State.RETURNED): "sent_back", (EDIT, State.RETURNED): "asked_back",
    (PUBLISH, State.SENT): "changed", (PUBLISH, State.RETURNED): "changed", (PUBLISH, State.APPROVED): "scheduled",
}  # fmt: skip


def rule_of(submission: Submission) -> str:
    """The rule of the clock that runs now; "" when nobody has to move."""
    if submission.state == State.SENT:
        if submission.claimed_by_id is not None:
            return EDIT
        return CLAIM if submission.last_edited_by_id == submission.author_id else SECOND_EYES
    if submission.state == State.APPROVED:
        return "" if submission.scheduled_for else PUBLISH
    return ANSWER if submission.state == State.RETURNED else ""


def follow(submission: Submission) -> None:
    """Stops the clock of the step before and starts that of the step it stands at now, with whoever has to make it.

    The desk shows it as the step itself.
    """
    rule = rule_of(submission)
    running = Clock.objects.running().of(submission.subject).exclude(rule_code=rule)
    for before in running.values_list("rule_code", flat=True):
        stop_clock(rule=before, subject=submission.subject, event=_end(before, State(submission.state)))
    if rule:
        url = reverse("editing_submission", args=[submission.pk])
        holders = _holders(submission, rule)
        clock = start_clock(rule=rule, subject=submission.subject, label=str(submission), url=url, **holders)
        if holders != {"person": clock.person, "unit": clock.unit}:
            assign_clock(rule=rule, subject=submission.subject, **holders)


def _holders(submission: Submission, rule: str) -> dict[str, Any]:
    """Whose move it is: the unit that was asked, whoever claimed the text, or the department, of which anybody may begin."""
    if rule == ANSWER:
        return {"person": None, "unit": submission.unit}
    return {"person": submission.claimed_by if rule == EDIT else None, "unit": Unit.objects.the_department()}


def may_open(person: Any, clock: Clock, at: datetime) -> bool:
    """The door of submissions: the department, and who writes for the unit that is asked."""
    return rules.is_department(person, at) or (clock.unit is not None and rules.writes_for(person, clock.unit, at))


def _end(rule: str, state: Submission.State) -> str:
    return "closed" if state == State.CLOSED else ENDED_BY.get((rule, state), ENDS[rule])


def due_times(submissions: Iterable[Submission]) -> dict[int, datetime]:
    """Until when somebody has to move, by number of the submission; one query for all."""
    numbers = {submission.subject: submission.pk for submission in submissions}
    clocks = Clock.objects.running().filter(subject__in=numbers).exclude(due_at=None)
    return {numbers[subject]: due for subject, due in clocks.values_list("subject", "due_at") if due is not None}


def _subject(lone: LonePublication) -> str:
    return f"editing.lone_publication:{lone.pk}"


def start_review(lone: LonePublication) -> None:
    """Somebody else reads a lone publication by the end of the next working day."""
    department = Unit.objects.the_department()
    start_clock(rule=REVIEW, subject=_subject(lone), label=str(lone), url=lone.address, unit=department)


def stop_review(lone: LonePublication) -> None:
    """It was read."""
    stop_clock(rule=REVIEW, subject=_subject(lone), event="reviewed")


def review_times(publications: Iterable[LonePublication]) -> dict[int, datetime]:
    """Until when each lone publication is to be read, by its number; one query for all."""
    numbers = {_subject(lone): lone.pk for lone in publications}
    clocks = Clock.objects.running().filter(subject__in=numbers).exclude(due_at=None)
    return {numbers[subject]: due for subject, due in clocks.values_list("subject", "due_at") if due is not None}
