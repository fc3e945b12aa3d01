"""Things come into the queue, are taken by a moderator, and leave it when they are gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from ratusz.casework.deadlines.actions import assign_clock, start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.moderation import catalogue, office, rules
from ratusz.casework.moderation.actions import letters
from ratusz.casework.moderation.actions.holding import hold
from ratusz.casework.moderation.models import Flag, Item, Source, State
from ratusz.casework.moderation.registries import Shown, judged_kinds
from ratusz.casework.moderation.risks import Signal, score
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Unit

FIRST_LOOK, ILLEGAL, DECISION = "moderation.first_look", "moderation.illegal", "moderation.decision"
BEFORE, QUARANTINE = "moderation.before_publishing", "moderation.quarantine"
OF_ITEMS = (FIRST_LOOK, ILLEGAL, DECISION, BEFORE, QUARANTINE)
LABEL = 200


def shown_of(thing: str) -> Shown:
    """What a moderator sees of a thing. Raises KeyError for an unknown kind, ModerationRefused when the thing is gone."""
    kind = judged_kinds[thing.rpartition(":")[0]]
    found = kind.find(rules.number_of(thing))
    if found is None:
        raise rules.ModerationRefused(rules.gone_words())
    return kind.show(found)


@transaction.atomic
def put_in_queue(
    *, thing: str, source: str = Source.FLAGGED, sender: str = "", reporter: Any = None, reason: str = "", words: str = "",
    is_urgent: bool = False, signals: Iterable[Signal] = (),
) -> Item:  # fmt: skip
    """Puts a thing in the queue and starts its clock. Flagged again while it waits it is the same item with one flag more.

    `thing` is a key "module.noun:number" of a registered kind; `sender` tells readers apart, so that one flags a thing once;
    `signals` are those of a machine that looked at the words.
    Raises KeyError for a kind nobody registered, ModerationRefused when there is no such thing (any more).
    """
    kind_name = thing.rpartition(":")[0]
    hold(thing)
    shown, now = shown_of(thing), database_now()
    known = catalogue.reasons_on(local_day(now)).get(reason)
    is_urgent = is_urgent or (known is not None and known.is_urgent)
    start = {
        "kind": kind_name, "label": shown.label[:LABEL], "source": source, "unit": shown.unit, "author": shown.author,
        "author_address": shown.author_address, "opened_at": now, "is_urgent": is_urgent, "place": shown.place, **_risk(signals),
    }  # fmt: skip
    item, is_new = Item.objects.open().get_or_create(thing=thing, defaults=start)
    if is_new:
        record(deed="moderation.put_in_queue", subject=item, after={"source": source, "is_urgent": is_urgent})
        _first_clock(item, now)
        if item.place:
            letters.send_to_judge(office.who_looks(item.place, now), item)
    else:
        item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if source == Source.FLAGGED:
        _flag(item, sender, reporter, reason, words, now)
    if is_urgent:
        _hurry(item)
    return item


def _risk(found: Iterable[Signal]) -> dict[str, Any]:
    told = list(found)
    return {"score": score(told), "signals": [[each.code, each.weight, each.found] for each in told]} if told else {}


def _flag(item: Item, sender: str, reporter: Any, reason: str, words: str, now: datetime) -> None:
    facts = {"reporter": reporter, "reason": reason, "words": words.replace("\x00", "").strip()[:1000], "flagged_at": now}
    key = sender or (f"account:{reporter.pk}" if reporter is not None else "nobody")
    _flag, is_new = Flag.objects.get_or_create(item=item, sender=key, defaults=facts)
    if is_new:
        record(deed="moderation.flag", subject=item, after={"reason": reason})


def _hurry(item: Item) -> None:
    if not item.is_urgent:
        item.is_urgent = True
        item.save(update_fields=["is_urgent"])
    start_clock(rule=ILLEGAL, **about(item))


def _first_clock(item: Item, now: datetime) -> None:
    if item.source == Source.BEFORE:
        start_clock(rule=BEFORE, **about(item))
    else:
        due = rules.first_look_due(now, catalogue.term("first_look_hours", now))
        start_clock(rule=FIRST_LOOK, started_at=now, due_at=due, **about(item))


def about(item: Item) -> dict[str, Any]:
    """What a clock says of its item."""
    address = reverse("moderation_item", args=[item.pk])
    return {
        "subject": item.key, "label": item.label, "url": address, "unit": Unit.objects.the_department(), "person": item.person,
    }  # fmt: skip


def locked(item: Item) -> Item:
    """The row under its lock: whoever judges, takes or appeals goes through here, one after another."""
    hold(item.thing)
    return Item.objects.select_for_update(of=("self",)).get(pk=item.pk)


@transaction.atomic
def take(*, item: Item, person: Any, instead_of: int | None = None) -> Item:
    """The person judges it from now on, instead of the one named, or of nobody. Raises NotYours, ModerationRefused."""
    item, now = locked(item), database_now()
    rules.check_may(person, "take", item, now)
    rules.check_taking(item, instead_of)
    before, item.person, item.seen_at = item.person_id, person, item.seen_at or now
    item.save(update_fields=["person", "seen_at"])
    note_first_look(item, now)
    for clock in Clock.objects.running().of(item.key):
        assign_clock(rule=clock.rule_code, subject=item.key, person=person, unit=clock.unit)
    record(deed="moderation.take", subject=item, before={"person": before}, after={"person": person.pk}, actor=person)
    return item


def note_first_look(item: Item, now: datetime) -> None:
    """A person has seen it: from now on the clock of the decision runs, where the one of publishing does not."""
    stop_clock(rule=FIRST_LOOK, subject=item.key, event="seen", at=now)
    if item.source != Source.BEFORE:
        start_clock(rule=DECISION, started_at=now, **about(item))


def stop_clocks(item: Item, event: str, now: datetime) -> None:
    """Every clock that runs on the item."""
    for clock in Clock.objects.running().of(item.key):
        stop_clock(rule=clock.rule_code, subject=item.key, event=event, at=now)


@transaction.atomic
def close_gone() -> int:
    """Every night: things that vanished without a word, by an erasure or the end of their time, leave the queue. Gives how many."""
    waiting = Item.objects.open().filter(kind__in=[name for name, _kind in judged_kinds.items()])
    gone = [item for item in waiting if judged_kinds[item.kind].find(rules.number_of(item.thing)) is None]
    return len([item for item in gone if withdraw_from_queue(thing=item.thing)])


@transaction.atomic
def withdraw_from_queue(*, thing: str) -> Item | None:
    """The thing is gone, by its author or its keeper: whatever waited is closed without a judgement. None when nothing waited."""
    hold(thing)
    item = Item.objects.open().filter(thing=thing).select_for_update(of=("self",)).first()
    if item is None:
        return None
    now = database_now()
    item.state, item.closed_at = State.GONE, now
    item.save(update_fields=["state", "closed_at"])
    stop_clocks(item, "withdrawn", now)
    record(deed="moderation.withdraw", subject=item)
    return item
