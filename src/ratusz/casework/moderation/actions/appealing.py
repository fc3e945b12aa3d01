"""An appeal against a judgement: one click of the author, decided by somebody who has judged nothing of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.moderation import rules, wording
from ratusz.casework.moderation.actions import letters
from ratusz.casework.moderation.actions.judging import thing_of
from ratusz.casework.moderation.actions.queueing import locked, stop_clocks
from ratusz.casework.moderation.models import Appeal, Deed, Item, Judgement, Outcome, State, Suspension
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit

CLOCK = "moderation.appeal"


@transaction.atomic
def appeal(*, judgement: Judgement, words: str = "") -> Appeal:
    """Files the author's appeal and starts its clock; filed twice it is one. Raises ModerationRefused outside the window."""
    item, now = locked(judgement.item), database_now()
    known = Appeal.objects.filter(judgement=judgement).first()
    if known is not None:
        return known
    rules.check_appeal(judgement, now)
    made = Appeal.objects.create(judgement=judgement, words=words.replace("\x00", "").strip()[:2000], filed_at=now)
    start_clock(
        rule=CLOCK, subject=made.key, label=item.label, url=reverse("moderation_item", args=[item.pk]),
        unit=Unit.objects.the_department(), started_at=now,
    )  # fmt: skip
    record(deed="moderation.appeal", subject=made)
    return made


@transaction.atomic
def decide_appeal(*, appeal: Appeal, outcome: str, answer: str, person: Any, words: str = "") -> Appeal:
    """Decides it, gives back what was taken where the appeal was right, tells the author. Raises NotYours, ModerationRefused.

    `words` are those with which the thing comes back when the appeal was partly right.
    """
    item = locked(appeal.judgement.item)
    found = Appeal.objects.select_for_update(of=("self",)).select_related("judgement__item").get(pk=appeal.pk)
    now = database_now()
    rules.check_may(person, "decide", found, now)
    rules.check_deciding(found, outcome, answer, words)
    _give_back(found, Outcome(outcome), words.strip(), person)
    found.outcome, found.answer, found.decided_by, found.decided_at = outcome, answer.strip(), person, now
    found.words_after = words.strip() if outcome == Outcome.PARTLY else ""
    found.save()
    if item.is_open and outcome != Outcome.UPHELD:
        _close(item, now)
    stop_clock(rule=CLOCK, subject=found.key, event="decided", at=now)
    letters.send_answer(found, wording.answer_to_appeal(found))
    record(deed="moderation.decide_appeal", subject=found, after={"outcome": outcome}, actor=person)
    return found


def _close(item: Item, now: datetime) -> None:
    """A thing that came back out of quarantine by its appeal waits for nobody any more."""
    item.state, item.closed_at = State.JUDGED, now
    item.save(update_fields=["state", "closed_at"])
    stop_clocks(item, "judged", now)


def _give_back(found: Appeal, outcome: Outcome, words: str, person: Any) -> None:
    judgement = found.judgement
    seen = thing_of(judgement.item)
    if outcome != Outcome.UPHELD:
        Suspension.objects.filter(judgement=judgement, lifted_at=None).update(lifted_at=database_now(), lifted_by=person)
    if outcome == Outcome.UPHELD or seen is None:
        return
    comes_back = words if outcome == Outcome.PARTLY else judgement.words_before
    if seen.kind.edit and (outcome == Outcome.PARTLY or judgement.deed == Deed.EDIT):
        seen.kind.edit(seen.thing, person, comes_back)
    seen.kind.restore(seen.thing, person)
    if judgement.deed == Deed.LOCK and seen.kind.unlock:
        seen.kind.unlock(seen.thing, person)
    if judgement.deed == Deed.MOVE and seen.kind.move and judgement.moved_from:
        seen.kind.move(seen.thing, person, judgement.moved_from)
