"""Who speaks, in what order and how long; questions read before they come on the screen; one support for one link."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.models import AgendaItem, Meeting, Question, Registration, Speaker, Support
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import SEATED
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

GATHERED_BEFORE = timedelta(days=60)
MOST_QUESTIONS = 5
"""Of one personal link, so that nobody fills the host's list; support is not limited."""


def minutes_of(meeting: Meeting) -> int:
    """Minutes for one speaker: the organiser's word, or the kind's."""
    sheet = getattr(meeting, "preparation", None)
    return (sheet and sheet.speaker_minutes) or meeting.rules_of_kind.minutes_per_speaker


@transaction.atomic
def sign_up_speaker(*, meeting: Meeting, who: str, person: Any, agenda_item: AgendaItem | None = None) -> Speaker:
    """Somebody asks to speak: at the end of the line, in the words they gave."""
    meeting = lock_for(meeting, "preside", person)
    if not who.strip():
        raise rules.Refused(_("Write who speaks, in the person's own words, such as “resident, Ligota”."))
    last = meeting.speakers.order_by("-order").first()
    speaker = Speaker.objects.create(
        meeting=meeting, who=who.strip()[:120], order=last.order + 1 if last else 1, minutes=minutes_of(meeting),
        agenda_item=agenda_item, signed_up_at=database_now(),
    )  # fmt: skip
    record(deed="meetings.sign_up_speaker", subject=speaker, actor=person)
    return speaker


@transaction.atomic
def run_speaker(*, speaker: Speaker, step: str, person: Any) -> Speaker:
    """ "start" (whoever speaks ends), "stop", "leave" (gives up), "up" and "down" among those who wait."""
    meeting, now = lock_for(speaker.meeting, "preside", person), database_now()
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    is_waiting = speaker.started_at is None and speaker.left_at is None
    if step == "start" and is_waiting:
        meeting.speakers.filter(started_at__isnull=False, ended_at=None).update(ended_at=now)
        speaker.started_at = now
    elif step == "stop" and speaker.started_at is not None:
        speaker.ended_at = speaker.ended_at or now
    elif step == "leave" and is_waiting:
        speaker.left_at = now
    elif step in ("up", "down") and is_waiting:
        _swap(meeting, speaker, step)
    else:
        raise rules.Refused(_("This is not possible now: the line has changed meanwhile. Look at it again."))
    speaker.save()
    record(deed="meetings.run_speaker", subject=speaker, after={"step": step}, actor=person)
    return speaker


def _swap(meeting: Meeting, speaker: Speaker, step: str) -> None:
    waiting = meeting.speakers.filter(started_at=None, left_at=None)
    if step == "up":
        other = waiting.filter(order__lt=speaker.order).order_by("-order").first()
    else:
        other = waiting.filter(order__gt=speaker.order).order_by("order").first()
    if other is not None:
        speaker.order, other.order = other.order, speaker.order
        other.save(update_fields=["order"])


@transaction.atomic
def gather_questions(*, at: datetime | None = None) -> int:
    """Every few minutes: questions of registered people become rows of their own, once; gives back how many came.

    Changed words follow as long as nobody has read the question.
    """
    now, count = at or database_now(), 0
    coming = Registration.objects.filter(
        erased_at=None, standing__in=SEATED, meeting__state__in=(State.ANNOUNCED, State.HELD),
        meeting__starts_at__gt=now - GATHERED_BEFORE,
    ).exclude(question="")  # fmt: skip
    for each in coming.filter(questions=None).order_by("made_at", "pk"):
        facts = {"meeting": each.meeting, "text": each.question, "asked_at": each.made_at}
        _row, is_new = Question.objects.get_or_create(registration=each, when=Question.When.AHEAD, defaults=facts)
        count += is_new
    unread = Question.objects.filter(when=Question.When.AHEAD, state=Question.State.NEW, erased_at=None)
    for question in unread.filter(registration__in=coming).select_related("registration"):
        theirs = question.registration
        if theirs is not None and question.text != theirs.question:
            Question.objects.filter(pk=question.pk).update(text=theirs.question)
    return count


@transaction.atomic
def note_question(
    *, meeting: Meeting, text: str, who: str = "", person: Any = None, registration: Registration | None = None
) -> Question:  # fmt: skip
    """A question asked in writing while the meeting runs: by staff for somebody in the room, or by a personal link."""
    now = database_now()
    if registration is None:
        rules.check_may(person, "preside", meeting, now)
    elif registration.meeting_id != meeting.pk or registration.standing not in SEATED:
        raise rules.NotYours
    else:
        _check_asks(meeting, registration, now)
    if not text.strip():
        raise rules.Refused(_("Write the question."))
    question = Question.objects.create(
        meeting=meeting, registration=registration, text=text.strip()[:1500], who=who.strip()[:120], asked_at=now
    )
    if registration is None:
        record(deed="meetings.note_question", subject=question, actor=person)
    return question


def _check_asks(meeting: Meeting, registration: Registration, now: datetime) -> None:
    """Until the meeting ends, and not without end."""
    if not takes_questions(meeting, now):
        raise rules.Refused(_("The meeting is over: it takes no more questions. Write to us, we answer."))
    asked = Question.objects.filter(registration=Registration.objects.select_for_update().get(pk=registration.pk)).count()
    if asked >= MOST_QUESTIONS:
        raise rules.Refused(
            _("You have asked %(most)s questions already. Support those of other people.") % {"most": MOST_QUESTIONS}
        )


def takes_questions(meeting: Meeting, at: datetime) -> bool:
    """Whether personal links may still ask and support: the meeting stands and has not ended."""
    return meeting.state == State.ANNOUNCED and at < meeting.ends_at


@transaction.atomic
def settle_question(
    *, question: Question, state: str, person: Any, group_words: str = "", because: str = "", agenda_item: AgendaItem | None = None
) -> Question:  # fmt: skip
    """Shown on the screen, not shown (with a reason), answered; put under a subject and a point of the agenda."""
    lock_for(question.meeting, "preside", person)
    question = Question.objects.select_for_update().get(pk=question.pk)
    if state not in Question.State.values:
        raise rules.Refused(_("There is no such step."))
    if state == Question.State.HIDDEN and not because.strip():
        raise rules.Refused(_("Write why the question is not shown: it stays in the record."))
    before = {"state": question.state, "group": question.group_words}
    question.state, question.group_words = state, group_words.strip()[:120]
    question.hidden_because = because.strip()[:300] if state == Question.State.HIDDEN else ""
    question.agenda_item = agenda_item
    question.save()
    after = {"state": question.state, "group": question.group_words}
    record(deed="meetings.settle_question", subject=question, before=before, after=after, actor=person)
    return question


@transaction.atomic
def support_question(*, question: Question, registration: Registration) -> bool:
    """One link supports one question once; False when it did before. Only questions that everybody sees can be supported."""
    if question.meeting_id != registration.meeting_id or not registration.is_alive:
        raise rules.NotYours
    if question.state != Question.State.SHOWN or not takes_questions(question.meeting, database_now()):
        raise rules.Refused(_("This question cannot be supported now."))
    return Support.objects.get_or_create(question=question, registration=registration, defaults={"made_at": database_now()})[1]
