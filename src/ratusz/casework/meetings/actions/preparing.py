"""Before a meeting: its checklist, what the organiser writes, and words asked of units."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.checklists import lines_for
from ratusz.casework.meetings.models import ChecklistItem, Meeting, Preparation, UnitReply
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.foundation.units.rules import holds_role

UNIT_ANSWER = "meetings.unit_answer"


@transaction.atomic
def make_checklist(*, meeting: Meeting, person: Any) -> list[ChecklistItem]:
    """The template of the kind, with owners from the tasks at the meeting; what stands already stays as it is."""
    meeting = lock_for(meeting, "prepare", person)
    owners = {duty.task: duty.person for duty in meeting.duties.select_related("person").order_by("-pk")}
    known = set(meeting.checklist.values_list("code", flat=True))
    made = [
        ChecklistItem(
            meeting=meeting, code=line.code, what=line.what, owner=owners.get(line.task),
            due_at=meeting.starts_at - timedelta(hours=line.hours_before),
        )
        for line in lines_for(meeting.kind)
        if line.code not in known
    ]  # fmt: skip
    ChecklistItem.objects.bulk_create(made)
    if made:
        record(deed="meetings.make_checklist", subject=meeting, after={"lines": len(made)}, actor=person)
    return made


@transaction.atomic
def add_task(*, meeting: Meeting, what: str, owner: Any, due_at: datetime | None, person: Any) -> ChecklistItem:
    """One more thing to do."""
    meeting = lock_for(meeting, "prepare", person)
    if not what.strip():
        raise rules.Refused(_("Write what is to be done."))
    item = ChecklistItem.objects.create(meeting=meeting, what=what.strip(), owner=owner, due_at=due_at)
    record(deed="meetings.add_task", subject=item, after={"due_at": due_at}, actor=person)
    return item


@transaction.atomic
def change_task(*, item: ChecklistItem, person: Any, owner: Any = None, due_at: datetime | None = None) -> ChecklistItem:
    """Gives the thing to somebody, by a moment."""
    lock_for(item.meeting, "prepare", person)
    before = {"owner": item.owner_id, "due_at": item.due_at}
    item.owner, item.due_at = owner, due_at
    item.save(update_fields=["owner", "due_at"])
    after = {"owner": item.owner_id, "due_at": item.due_at}
    record(deed="meetings.change_task", subject=item, before=before, after=after, actor=person)
    return item


@transaction.atomic
def tick_task(*, item: ChecklistItem, is_done: bool, person: Any) -> ChecklistItem:
    """Done, or not done after all: by whoever prepares the meeting, and by the owner."""
    if item.owner_id != getattr(person, "pk", None):
        rules.check_may(person, "prepare", item.meeting, database_now())
    item = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    if is_done == (item.done_at is not None):
        return item
    item.done_at, item.done_by = (database_now(), person) if is_done else (None, None)
    item.save(update_fields=["done_at", "done_by"])
    record(deed="meetings.change_task", subject=item, after={"done": is_done}, actor=person)
    return item


@transaction.atomic
def save_preparation(*, meeting: Meeting, person: Any, **facts: Any) -> Preparation:
    """The organiser's words: note, equipment, letter, minutes for one speaker."""
    meeting = lock_for(meeting, "prepare", person)
    sheet, _made = Preparation.objects.get_or_create(meeting=meeting)
    before = {name: getattr(sheet, name) for name in facts}
    for name, value in facts.items():
        setattr(sheet, name, value)
    sheet.save()
    record(deed="meetings.change_preparation", subject=sheet, before=before, after=facts, actor=person)
    return sheet


@transaction.atomic
def ask_unit(*, meeting: Meeting, unit: Unit, question: str, due_at: datetime, person: Any) -> UnitReply:
    """Asks a unit for words before the meeting; it waits on the desks of that unit, with a clock."""
    meeting, now = lock_for(meeting, "prepare", person), database_now()
    if not question.strip():
        raise rules.Refused(_("Write what we ask the unit."))
    if not now < due_at <= meeting.starts_at:
        raise rules.Refused(_("The answer is needed before the meeting begins: choose a moment between now and then."))
    asked = UnitReply.objects.create(
        meeting=meeting, unit=unit, question=question.strip(), asked_at=now, asked_by=person, due_at=due_at
    )
    label = _("Words for the meeting: %(title)s") % {"title": meeting.title}
    url = reverse("meetings_unit_reply", args=[asked.pk])
    start_clock(rule=UNIT_ANSWER, subject=asked.key, label=label, url=url, unit=unit, due_at=due_at)
    record(deed="meetings.ask_unit", subject=asked, after={"unit": unit.pk, "due_at": due_at}, actor=person)
    return asked


def may_answer(person: Any, asked: UnitReply, at: datetime) -> bool:
    """People of the unit who write or answer for it, and whoever prepares the meeting (words taken by phone)."""
    if rules.may(person, "prepare", asked.meeting, at):
        return True
    return holds_role(person, "head", "deputy_head", "unit_editor", "unit_verifier", "editor", at=at, unit=asked.unit)


@transaction.atomic
def answer_unit_question(*, asked: UnitReply, answer: str, person: Any) -> UnitReply:
    """The unit's words; changed again as long as the meeting has not begun."""
    asked = UnitReply.objects.select_for_update().select_related("meeting", "unit").get(pk=asked.pk)
    now = database_now()
    if not may_answer(person, asked, now):
        raise rules.NotYours
    if not answer.strip():
        raise rules.Refused(_("Write the answer of your unit."))
    if now >= asked.meeting.starts_at:
        raise rules.Refused(_("The meeting has begun: the note for the President is closed."))
    asked.answer, asked.answered_at, asked.answered_by = answer.strip(), now, person
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    stop_clock(rule=UNIT_ANSWER, subject=asked.key, event="answered")
    record(deed="meetings.answer_unit_question", subject=asked, actor=person)
    return asked
