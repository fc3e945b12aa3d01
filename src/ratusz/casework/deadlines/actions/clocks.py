"""Start, stop, pause, let run again and extend clocks; each action takes the clock's row lock before it checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ratusz.casework.deadlines import rules
from ratusz.casework.deadlines.models import Clock, ClockExtension, ClockPause
from ratusz.casework.deadlines.reckoning import Extended, Pause, due_of, longest_due, steps, whole_term
from ratusz.casework.deadlines.rulebook import GIVEN, Rule, rule_of
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day

LABEL, EVENT, REASON = 200, 80, 500


@transaction.atomic
def start_clock(
    *, rule: str, subject: str, label: str, url: str = "", unit: Any = None, person: Any = None,
    started_at: datetime | None = None, due_at: datetime | None = None,
) -> Clock:  # fmt: skip
    """Starts the rule's clock on a case; where one runs already, that one is given back unchanged.

    The clock keeps the whole rule as it is on the day of its start. `due_at` is for rules of unit date (needed), issue and session
    (when known). Raises NoSuchRule, ClockRefused.
    """
    start = started_at or database_now()
    law = rule_of(rule, local_day(start))
    if law.unit not in GIVEN and due_at is not None:
        raise rules.ClockRefused(gettext("The rule reckons the term of this clock; nobody says it."))
    if law.unit == "date" and due_at is None:
        raise rules.ClockRefused(gettext("Say the term of this clock: its rule has no length."))
    due = due_of(law, start, due_at)
    facts = {
        "rule_version": law.version, "rule_content": law.content, "label": label[:LABEL], "url": url, "unit": unit,
        "person": person, "started_at": start, "given_due_at": due_at, "due_at": due, "tell_at": _first_moment(law, start, due),
    }  # fmt: skip
    # The unique constraint decides between two that start at once.
    clock, is_new = Clock.objects.get_or_create(rule_code=rule, subject=subject, stopped_at=None, defaults=facts)
    if is_new:
        record(deed="deadlines.start_clock", subject=clock, after={"rule": rule, "version": law.version, "due_at": due})
    return clock


@transaction.atomic
def stop_clock(*, rule: str, subject: str, event: str, at: datetime | None = None) -> Clock | None:
    """Stops the running clock by one of its rule's stop events (or "withdrawn"); None when no such clock runs.

    Raises ClockRefused for an event the rule does not know.
    """
    clock = _locked(rule, subject)
    if clock is None:
        return None
    if event not in (*clock.rule.stops, rules.WITHDRAWN):
        raise rules.ClockRefused(gettext("The event “%(event)s” does not stop this clock.") % {"event": event})
    moment = at or database_now()
    _close_pause(clock, moment)
    clock.stopped_at, clock.stop_event, clock.paused_at, clock.tell_at = moment, event[:EVENT], None, None
    clock.save()
    record(deed="deadlines.stop_clock", subject=clock, after={"event": event, "stopped_at": moment, "was_late": clock.was_late})
    return clock


@transaction.atomic
def pause_clock(*, rule: str, subject: str, reason: str) -> Clock:
    """From now the days do not count. Raises ClockRefused."""
    clock = _running(rule, subject)
    now, because = database_now(), rules.check_reason(reason)
    rules.check_pause(clock, now)
    ClockPause.objects.create(clock=clock, began_at=now, reason=because[:REASON])
    clock.paused_at = now
    clock.save()
    record(deed="deadlines.pause_clock", subject=clock, after={"reason": because})
    return clock


@transaction.atomic
def resume_clock(*, rule: str, subject: str) -> Clock:
    """The days count again; as many are left as there were. A clock that was not paused is given back as it is."""
    clock = _running(rule, subject)
    if clock.paused_at is None:
        return clock
    before = clock.due_at
    _close_pause(clock, database_now())
    clock.paused_at = None
    _reckon_again(clock)
    record(deed="deadlines.resume_clock", subject=clock, before={"due_at": before}, after={"due_at": clock.due_at})
    return clock


@transaction.atomic
def extend_clock(*, rule: str, subject: str, due_at: datetime | None = None, reason: str) -> Clock:
    """Moves the term on, once: to `due_at`, or as far as the rule allows. Raises ClockRefused."""
    clock = _running(rule, subject)
    now, because = database_now(), rules.check_reason(reason)
    pauses = [event for event in _happened(clock) if isinstance(event, Pause)]
    longest = longest_due(clock.rule, clock.started_at, clock.due_at, pauses)
    wanted = rules.check_extension(clock, whole_term(clock.rule, due_at) if due_at else None, longest, now)
    ClockExtension.objects.create(clock=clock, extended_at=now, was_due_at=clock.due_at, due_at=wanted, reason=because)
    before = clock.due_at
    clock = _running(rule, subject)  # a fresh row: the old one remembers that it had no extension
    _reckon_again(clock)
    record(
        deed="deadlines.extend_clock", subject=clock, before={"due_at": before}, after={"due_at": clock.due_at, "reason": because}
    )
    return clock


@transaction.atomic
def set_due(*, rule: str, subject: str, due_at: datetime) -> Clock:
    """Says the term of a clock by issue, session or date: the day became known, or another one was agreed. Raises ClockRefused."""
    clock = _running(rule, subject)
    if clock.rule.unit not in GIVEN:
        raise rules.ClockRefused(gettext("The rule reckons the term of this clock; nobody says it."))
    before, clock.given_due_at = clock.due_at, due_at
    _reckon_again(clock)
    record(deed="deadlines.set_due", subject=clock, before={"due_at": before}, after={"due_at": clock.due_at})
    return clock


@transaction.atomic
def assign_clock(*, rule: str, subject: str, person: Any = None, unit: Any = None) -> Clock:
    """Says with whom the case is from now on: a person, a unit, or both. Raises ClockRefused when no such clock runs."""
    clock = _running(rule, subject)
    before, after = [{"person": each.person_id, "unit": each.unit_id} for each in (clock, Clock(person=person, unit=unit))]
    clock.person, clock.unit = person, unit
    clock.save()
    record(deed="deadlines.assign_clock", subject=clock, before=before, after=after)
    return clock


def _first_moment(law: Rule, start: datetime, due: datetime | None) -> datetime | None:
    return next((moment for moment, _step in steps(law, start, due)), None)


def _locked(rule: str, subject: str) -> Clock | None:
    return Clock.objects.select_for_update().running().filter(rule_code=rule, subject=subject).first()


def _running(rule: str, subject: str) -> Clock:
    clock = _locked(rule, subject)
    if clock is None:
        raise rules.ClockRefused(gettext("No such clock runs: it was stopped, or never started."))
    return clock


def _close_pause(clock: Clock, moment: datetime) -> None:
    clock.pauses.filter(ended_at=None).update(ended_at=moment)


def _happened(clock: Clock) -> list[Pause | Extended]:
    """Pauses that ended and the extension, in order of time."""
    events: list[tuple[datetime, Pause | Extended]] = [
        (pause.began_at, Pause(pause.began_at, pause.ended_at)) for pause in clock.pauses.all() if pause.ended_at
    ]
    if hasattr(clock, "extension"):
        moved = clock.extension
        events.append((moved.extended_at, Extended(moved.extended_at, moved.due_at)))
    return [event for _moment, event in sorted(events, key=lambda event: (event[0], isinstance(event[1], Pause)))]


def _reckon_again(clock: Clock) -> None:
    """The term and the next telling, after anything that moves them; what was told for another term may be told again."""
    clock.due_at = due_of(clock.rule, clock.started_at, clock.given_due_at, _happened(clock))
    told = set(clock.warnings.filter(due_at=clock.due_at).values_list("step", flat=True)) if clock.due_at else set()
    ahead = (when for when, step in steps(clock.rule, clock.started_at, clock.due_at) if step not in told)
    clock.tell_at = next(ahead, None)
    clock.save()
