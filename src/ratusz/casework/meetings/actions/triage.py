"""Triage: each voice and each request gets exactly one outcome, with its clock or its number elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.follow_ups import RULE_OF, TARGET_OF
from ratusz.casework.meetings.minutes.names import who_of
from ratusz.casework.meetings.models import Meeting, MeetingRequest, Outcome, Voice
from ratusz.casework.meetings.registries import targets
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.units.models import Unit

Thing = Voice | MeetingRequest
FROM_RECEIPT = (Outcome.APPLICATION, Outcome.COMPLAINT, Outcome.INFORMATION)
"""Clocks of the law run from the day the thing was filed or said, not from the day it was sorted."""


@transaction.atomic
def give_outcome(
    *, thing: Thing, outcome: str, person: Any, reason: str = "", unit: Unit | None = None, facts: dict[str, Any] | None = None
) -> Thing:  # fmt: skip
    """Gives the one outcome. Given another one, the clock of the first is withdrawn; what was made elsewhere cannot be taken back.

    `facts` go to the target of the outcome (text, public_text, unit, due_on). Raises NotYours, Refused, and whatever the target
    refuses with as Refused.
    """
    meeting = lock_for(thing.meeting, "triage", person)
    thing = type(thing).objects.select_for_update().get(pk=thing.pk)
    before = {"outcome": thing.outcome}
    if thing.outcome == outcome and thing.target_key:
        return thing
    _check(thing, outcome, reason, unit)
    _withdraw(thing)
    now = database_now()
    thing.outcome, thing.outcome_reason = outcome, reason.strip()[:500]
    thing.outcome_unit, thing.triaged_at, thing.triaged_by = unit, now, person
    _take_further(meeting, thing, facts or {}, person)
    thing.save()
    if not thing.target_key and outcome in RULE_OF:
        _start(meeting, thing, now)
    after = {"outcome": outcome, "unit": unit and unit.pk, "number": thing.target_number}
    record(deed="meetings.give_outcome", subject=thing, before=before, after=after, actor=person)
    return thing


def _check(thing: Thing, outcome: str, reason: str, unit: Unit | None) -> None:
    if outcome not in Outcome.values:
        raise rules.Refused(_("Choose what becomes of it."))
    if thing.target_key:
        raise rules.Refused(
            _("It became %(number)s already. Change it there: two outcomes would make two answers.")
            % {"number": thing.target_number}
        )
    if outcome == Outcome.NONE and not reason.strip():
        raise rules.Refused(_("Write why nothing follows."))
    if outcome == Outcome.FOLLOW_UP and unit is None:
        raise rules.Refused(_("Choose the unit that answers."))
    if outcome == Outcome.ANSWERED and isinstance(thing, Voice) and not thing.answer:
        raise rules.Refused(_("Write the answer that was given at the meeting first."))
    if outcome == Outcome.DECISION and TARGET_OF[Outcome.DECISION] not in targets:
        raise rules.Refused(_("Decisions are not connected here."))


def _withdraw(thing: Thing) -> None:
    if thing.outcome in RULE_OF:
        stop_clock(rule=RULE_OF[Outcome(thing.outcome)], subject=thing.key, event="withdrawn")


def _take_further(meeting: Meeting, thing: Thing, facts: dict[str, Any], person: Any) -> None:
    """To the target of the outcome, where an upper module has registered it and this meeting may use it."""
    name = TARGET_OF.get(Outcome(thing.outcome), "")
    if name not in targets or not targets[name].is_offered(meeting):
        return
    target = targets[name]
    if missing := [each for each in target.needs if not facts.get(each)]:
        raise rules.Refused(_("Fill in what is needed: %(fields)s.") % {"fields": ", ".join(_words_of(each) for each in missing)})
    try:
        made = target.take(meeting=meeting, key=thing.key, facts=_asked(thing) | facts, person=person)
    except (ValueError, rules.NotYours) as refusal:
        raise rules.Refused(str(refusal) or _("Your role does not let you make it.")) from refusal
    thing.target_key, thing.target_number, thing.target_url = made


def _asked(thing: Thing) -> dict[str, Any]:
    """What was asked and by whom, without a private name: nobody types it again where it goes."""
    if isinstance(thing, MeetingRequest):
        return {"asked": thing.subject}
    return {"asked": thing.question, "who": who_of(thing.who)["role"]}


def _words_of(field: str) -> str:
    return {"text": _("text"), "public_text": _("text for everybody"), "unit": _("unit"), "due_on": _("day")}[field]


def _start(meeting: Meeting, thing: Thing, now: datetime) -> None:
    outcome = Outcome(thing.outcome)
    said_at = thing.filed_at if isinstance(thing, MeetingRequest) else thing.written_at
    label = f"{outcome.label}: {_name(thing)}, {meeting.title}"
    start_clock(
        rule=RULE_OF[outcome], subject=thing.key, label=label, url=reverse("meetings_triage", args=[meeting.pk]),
        unit=thing.outcome_unit or meeting.owner_unit, started_at=said_at if outcome in FROM_RECEIPT else now,
    )  # fmt: skip


def _name(thing: Thing) -> str:
    if isinstance(thing, MeetingRequest):
        return thing.number or ""
    return _("voice %(number)s") % {"number": thing.number}


@transaction.atomic
def note_foreign_number(*, thing: Thing, number: str, person: Any) -> Thing:
    """The number under which the document system keeps the application or the complaint, pasted back here."""
    lock_for(thing.meeting, "triage", person)
    thing = type(thing).objects.select_for_update().get(pk=thing.pk)
    if thing.outcome not in (Outcome.APPLICATION, Outcome.COMPLAINT):
        raise rules.Refused(_("Only applications and complaints have a number in the document system."))
    before, thing.foreign_number = thing.foreign_number, number.strip()[:120]
    thing.save(update_fields=["foreign_number"])
    after = {"foreign_number": thing.foreign_number}
    record(deed="meetings.note_foreign_number", subject=thing, before={"foreign_number": before}, after=after, actor=person)
    return thing


def may_answer_later(person: Any, thing: Thing, at: datetime) -> bool:
    """Whoever triages, and people of the unit that was asked."""
    from ratusz.foundation.units.rules import holds_role

    if rules.may(person, "triage", thing.meeting, at):
        return True
    unit = thing.outcome_unit
    return unit is not None and holds_role(
        person, "head", "deputy_head", "unit_editor", "unit_verifier", "editor", at=at, unit=unit
    )


@transaction.atomic
def answer_later(*, thing: Thing, answer: str, person: Any) -> Thing:
    """The answer that was missing at the meeting: its clock stops, the person who filed it with an address is told."""
    thing = type(thing).objects.select_for_update(of=("self",)).select_related("meeting", "outcome_unit").get(pk=thing.pk)
    now = database_now()
    if not may_answer_later(person, thing, now):
        raise rules.NotYours
    if not answer.strip():
        raise rules.Refused(_("Write the answer."))
    if thing.outcome not in RULE_OF:
        raise rules.Refused(_("Nothing is to be answered later here."))
    is_first = thing.later_answered_at is None
    thing.later_answer, thing.later_answered_at = answer.strip(), now
    thing.save(update_fields=["later_answer", "later_answered_at"])
    stop_clock(rule=RULE_OF[Outcome(thing.outcome)], subject=thing.key, event="answered")
    record(deed="meetings.answer_later", subject=thing, actor=person)
    if is_first and isinstance(thing, MeetingRequest) and thing.address is not None:
        send(
            to=thing.address, purpose="meetings.receipt", dedup_key=f"{thing.key}:answer",
            subject=_("The answer to your request %(number)s") % {"number": thing.number}, text=thing.later_answer,
        )  # fmt: skip
    return thing
