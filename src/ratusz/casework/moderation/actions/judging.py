"""A decision about a thing: it is done, written down for ever, and the author gets its statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ratusz.casework.deadlines.actions import pause_clock, resume_clock, start_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.moderation import catalogue, rules, wording
from ratusz.casework.moderation.actions import letters
from ratusz.casework.moderation.actions.queueing import QUARANTINE, about, locked, note_first_look, stop_clocks
from ratusz.casework.moderation.models import Appeal, Deed, Item, Judgement, State, Suspension
from ratusz.casework.moderation.registries import JudgedKind, Shown, judged_kinds
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.people.keys import plain_address


@dataclass(frozen=True)
class Seen:
    """The thing as it is now, with what its kind can do."""

    kind: JudgedKind
    thing: Any
    shown: Shown


@dataclass(frozen=True)
class Wanted:
    """A decision as it was asked for: `words` of an edit, `target` of a move, `until` the last day of a suspension."""

    deed: Deed
    reason: str
    facts: str
    words: str = ""
    target: str = ""
    until: date | None = None


def thing_of(item: Item) -> Seen | None:
    """The thing of an item; None when it is gone."""
    kind = judged_kinds[item.kind]
    thing = kind.find(rules.number_of(item.thing))
    return Seen(kind, thing, kind.show(thing)) if thing is not None else None


@transaction.atomic
def judge(
    *, item: Item, deed: str, person: Any, reason: str = "", facts: str = "", words: str = "", target: str = "",
    until: date | None = None, seen: int | None = None,
) -> Judgement:  # fmt: skip
    """Decides about a thing: does it, keeps why, writes to the author. `words` are those of an edit, `target` the place of a move,
    `until` the last day of a suspension, `seen` how many decisions the person had before their eyes.

    Raises NotYours, ModerationRefused.
    """
    item, now = locked(item), database_now()
    rules.check_may(person, "judge", item, now)
    rules.check_open(item)
    rules.check_seen(item, seen)
    if Appeal.objects.open().filter(judgement__item=item).exists():
        raise rules.ModerationRefused(rules.appeal_first_words())
    found = thing_of(item)
    if found is None:
        raise rules.ModerationRefused(rules.gone_words())
    rules.check_judging(item, deed, reason, facts, words, found.shown.words, now)
    rules.check_target(deed, target, found.kind.may_move_to(found.thing))
    rules.check_suspension(deed, until, bool(found.shown.author or found.shown.author_address), now)
    made = Deed(deed)
    wanted = Wanted(
        made, reason, facts.strip(), words.strip() if made == Deed.EDIT else "", target if made == Deed.MOVE else "", until
    )
    return _carry_out(item, found, wanted, person, now)


@transaction.atomic
def quarantine_automatically(*, thing: str, reason: str, facts: str) -> Judgement:
    """The machine hides a thing for a week at most; a person looks at it. It is in the queue already. Raises ModerationRefused."""
    item, now = locked(Item.objects.open().get(thing=thing)), database_now()
    found = thing_of(item)
    if found is None:
        raise rules.ModerationRefused(rules.gone_words())
    rules.check_judging(item, Deed.QUARANTINE, reason, facts, "", found.shown.words, now)
    return _carry_out(item, found, Wanted(Deed.QUARANTINE, reason, facts.strip()), None, now)


def _carry_out(item: Item, found: Seen, wanted: Wanted, person: Any, now: datetime) -> Judgement:
    deed = wanted.deed
    quoted = catalogue.reasons_on(local_day(now)).get(wanted.reason) if deed != Deed.APPROVE else None
    made = Judgement(
        item=item, number=item.judgements.count() + 1, deed=deed, reason=quoted.code if quoted else "",
        rule_quoted=quoted.rule if quoted else "", facts=wanted.facts if quoted else "", person=person, is_automatic=person is None,
        judged_at=now,
        words_before=found.shown.words, words_after=wanted.words,
        moved_from=found.shown.place if wanted.target else "", moved_to=wanted.target,
        appeal_until=catalogue.appeal_until(now) if deed not in (Deed.APPROVE, Deed.ASK) else None,
    )  # fmt: skip
    if quoted:
        names = dict(found.kind.may_move_to(found.thing)) if wanted.target else {}
        made.statement = wording.statement(made, found.shown, moved_to=names.get(wanted.target, ""), until=wanted.until)
        made.was_sent = letters.send_statement(made)
    made.save()
    _change_thing(found, wanted, person)
    if deed == Deed.SUSPEND and wanted.until is not None:
        _suspend(made, found.shown, wanted.until, now)
    _move_item(item, deed, person, now)
    record(
        deed="moderation.judge", subject=made, actor=person,
        after={"deed": deed, "reason": made.reason, "is_automatic": made.is_automatic, "was_sent": made.was_sent},
    )  # fmt: skip
    if deed in rules.FINAL:
        letters.tell_reporters(item, has_changed=deed != Deed.APPROVE)
    return made


def _suspend(judgement: Judgement, shown: Shown, until: date, now: datetime) -> None:
    address = plain_address(shown.author_address) if shown.author_address else ""
    facts = {"author": shown.author, "author_address": address, "starts": now, "ends": end_of_day(until)}
    Suspension.objects.create(judgement=judgement, **facts)


def _change_thing(found: Seen, wanted: Wanted, person: Any) -> None:
    kind, thing, deed = found.kind, found.thing, wanted.deed
    if deed in (Deed.HIDE, Deed.LOCK, Deed.QUARANTINE, Deed.SUSPEND):
        kind.hide(thing, person)
    if deed == Deed.LOCK and kind.lock:
        kind.lock(thing, person)
    if deed == Deed.EDIT and kind.edit:
        kind.edit(thing, person, wanted.words)
    if deed == Deed.MOVE and kind.move:
        kind.move(thing, person, wanted.target)
    if deed in (Deed.APPROVE, Deed.EDIT, Deed.MOVE) and found.shown.is_hidden:
        kind.restore(thing, person)


def _move_item(item: Item, deed: Deed, person: Any, now: datetime) -> None:
    item.person, item.seen_at = (person or item.person), (now if person and item.seen_at is None else item.seen_at)
    if deed in rules.FINAL:
        item.state, item.closed_at = State.JUDGED, now
        stop_clocks(item, "judged", now)
    elif deed == Deed.QUARANTINE:
        item.state = State.QUARANTINE
        stop_clocks(item, "judged", now)
        start_clock(rule=QUARANTINE, started_at=now, **about(item))
    else:
        item.state = State.WITH_AUTHOR
        note_first_look(item, now)
        _hold_clocks(item)
    item.save()


def _hold_clocks(item: Item) -> None:
    """The author's time does not count, where the rule knows a pause and the term is not over."""
    now = database_now()
    for clock in Clock.objects.running().of(item.key).filter(paused_at=None):
        if clock.rule.pause and clock.due_at is not None and clock.due_at > now:
            pause_clock(rule=clock.rule_code, subject=item.key, reason=gettext("the author changes the words"))


@transaction.atomic
def change_as_author(*, judgement: Judgement, words: str) -> Item:
    """The author changed what was asked for; the thing waits for a moderator again. Raises ModerationRefused."""
    item, found = locked(judgement.item), thing_of(judgement.item)
    rules.check_author_change(item, judgement, words, found.shown.words if found else None)
    if found is not None and found.kind.edit:
        found.kind.edit(found.thing, item.author, words.strip())
    item.state = State.WAITING
    item.save(update_fields=["state"])
    for clock in Clock.objects.running().of(item.key).exclude(paused_at=None):
        resume_clock(rule=clock.rule_code, subject=item.key)
    record(deed="moderation.change_as_author", subject=item)
    return item
