"""Voices written down while people speak: each gets its own number within the meeting."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.models import AgendaItem, Meeting, Question, Speaker, Voice
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

EDITABLE = ("who", "question", "answer", "answered_by", "agenda_item")


@transaction.atomic
def write_voice(
    *, meeting: Meeting, question: str, person: Any, who: str = "", answer: str = "", answered_by: str = "",
    agenda_item: AgendaItem | None = None, speaker: Speaker | None = None, asked: Question | None = None,
) -> Voice:  # fmt: skip
    """Writes one voice down with the next number. Who speaks is said in words without a name: “resident, Ligota”."""
    meeting = lock_for(meeting, "write_minutes", person)
    if not question.strip():
        raise rules.Refused(_("Write what was said."))
    last = meeting.voices.order_by("-number").first()
    voice = Voice.objects.create(
        meeting=meeting, number=last.number + 1 if last else 1, who=who.strip(), question=question.strip(), answer=answer.strip(),
        answered_by=answered_by.strip(), agenda_item=agenda_item, speaker=speaker, asked=asked, written_at=database_now(),
        written_by=person,
    )  # fmt: skip
    if asked is not None:
        Question.objects.filter(pk=asked.pk).update(state=Question.State.ANSWERED, hidden_because="")
    record(deed="meetings.write_voice", subject=voice, actor=person)
    return voice


@transaction.atomic
def change_voice(*, voice: Voice, person: Any, **facts: Any) -> Voice:
    """Changes words of a voice; `facts` are of EDITABLE. Its number and outcome stay."""
    lock_for(voice.meeting, "write_minutes", person)
    voice = Voice.objects.select_for_update().get(pk=voice.pk)
    known = {name: value for name, value in facts.items() if name in EDITABLE}
    for name, value in known.items():
        setattr(voice, name, value.strip() if isinstance(value, str) else value)
    if not voice.question:
        raise rules.Refused(_("Write what was said."))
    if voice.outcome == "answered" and not voice.answer:
        raise rules.Refused(_("This voice counts as answered at the meeting, so its answer cannot be empty."))
    voice.save()
    record(deed="meetings.change_voice", subject=voice, after={"fields": sorted(known)}, actor=person)
    return voice


@transaction.atomic
def remove_voice(*, voice: Voice, person: Any) -> None:
    """Takes the last voice back, written by mistake; a hole in the numbers would look like a voice hidden."""
    lock_for(voice.meeting, "write_minutes", person)
    voice = Voice.objects.select_for_update().get(pk=voice.pk)
    if voice.outcome or Voice.objects.filter(meeting=voice.meeting_id, number__gt=voice.number).exists():
        raise rules.Refused(_("Only the last voice without an outcome can be removed, so that numbers have no holes."))
    record(deed="meetings.remove_voice", subject=voice, before={"number": voice.number}, actor=person)
    voice.delete()
