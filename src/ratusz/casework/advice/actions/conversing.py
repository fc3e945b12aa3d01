"""The log of conversations: written at once, mended with a trace, what was promised marked as done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.advice import queries, rules
from ratusz.casework.advice.actions.booking import locked, note_visit
from ratusz.casework.advice.models import Appointment, Conversation, Outing, Point, State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@dataclass(frozen=True)
class Said:
    """What an adviser writes down."""

    way: str
    topic: str
    question: str
    advice: str
    happened_at: datetime | None = None
    follow_up: str = ""
    minutes: int | None = None
    district: Any = None
    outing: Outing | None = None


@transaction.atomic
def log_conversation(*, point: Point, said: Said, appointment: Appointment | None = None, person: Any) -> Conversation:
    """Writes a conversation down; with an appointment it also says that the person came. Raises NotYours, AdviceRefused."""
    now = database_now()
    rules.check_may(person, "serve", point, now)
    facts = _facts(said, now)
    if appointment is not None:
        appointment = locked(appointment)
        if Conversation.objects.filter(appointment=appointment).exists():
            raise rules.AdviceRefused(_("This conversation is written down already."))
        if appointment.state != State.CAME:
            appointment = note_visit(appointment=appointment, has_come=True, person=person)
    made = Conversation.objects.create(point=point, appointment=appointment, by=person, **facts)
    record(deed="advice.log_conversation", subject=made, after={"way": said.way, "topic": said.topic}, actor=person)
    return made


@transaction.atomic
def correct_conversation(*, conversation: Conversation, said: Said, person: Any) -> Conversation:
    """Mends an entry. The record says which fields changed, not their words: a name typed by mistake is gone. Raises as above."""
    now = database_now()
    rules.check_may(person, "serve", conversation, now)
    made = Conversation.objects.select_for_update().get(pk=conversation.pk)
    facts = _facts(said, now)
    changed = sorted(name for name, value in facts.items() if name != "lemmas" and getattr(made, name) != value)
    for name, value in facts.items():
        setattr(made, name, value)
    if not made.follow_up:
        made.followed_up_at = None
    made.save()
    record(deed="advice.correct_conversation", subject=made, after={"fields": changed}, actor=person)
    return made


def _facts(said: Said, now: datetime) -> dict[str, Any]:
    question, advice, follow_up = said.question.strip(), said.advice.strip(), said.follow_up.strip()
    if not question or not advice:
        raise rules.AdviceRefused(_("Write both what was asked and what was advised: the next adviser looks for it."))
    happened_at = said.happened_at or now
    rules.check_happened(happened_at, now)
    rules.check_topic(said.topic, happened_at)
    rules.check_nobody_named(question, advice, follow_up)
    return {
        "way": said.way, "topic": said.topic, "question": question, "advice": advice, "follow_up": follow_up,
        "happened_at": happened_at, "minutes": said.minutes, "district": said.district, "outing": said.outing,
        "lemmas": queries.words_for_finding(question, advice),
    }  # fmt: skip


@transaction.atomic
def note_followed_up(*, conversation: Conversation, person: Any) -> Conversation:
    """What was promised is done; noted twice it is noted once. Raises NotYours, AdviceRefused when nothing was promised."""
    now = database_now()
    rules.check_may(person, "serve", conversation, now)
    made = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not made.follow_up:
        raise rules.AdviceRefused(_("Nothing was promised here."))
    if made.followed_up_at is None:
        made.followed_up_at = now
        made.save(update_fields=["followed_up_at"])
        record(deed="advice.note_followed_up", subject=made, after={"followed_up_at": now}, actor=person)
    return made
