"""People deal with letters: opened, made into something, put aside with a reason, marked as the same as another, put back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record, record_read
from ratusz.foundation.incoming import rules
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.kit.clock import database_now

State = Letter.State
PEOPLE = ["sender", "sender_name", "subject", "text"]
SET_APART = (State.SET_ASIDE, State.AUTOMATIC, State.QUARANTINED, State.UNREADABLE)
NOT_SETTLED = (State.WAITING, State.AUTOMATIC, State.QUARANTINED, State.UNREADABLE)


@transaction.atomic
def open_letter(*, letter: Letter, person: Any) -> Letter:
    """Somebody reads it: recorded as a reading of personal data each time. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "read", letter, now)
    record_read(subject=letter, fields=PEOPLE, actor=person)
    Letter.objects.filter(pk=letter.pk, opened_at=None).update(opened_at=now)
    return letter


def locked(letter: Letter, person: Any) -> tuple[Letter, datetime]:
    """The row under its lock for whoever may settle it, with the moment; within the caller's transaction. Raises NotYours."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("sender", "raw").get(pk=letter.pk)
    now = database_now()
    rules.check_may(person, "settle", letter, now)
    return letter, now


def settle(*, letter: Letter, outcome: str, person: Any) -> Letter:
    """It became something, known by its key; within the transaction that made it, under `locked`. Raises LetterRefused."""
    rules.check_state(letter, State.WAITING)
    return _moved(letter, State.HANDLED, person, outcome=outcome)


@transaction.atomic
def put_aside(*, letter: Letter, reason: str, person: Any, duplicate_of: Letter | None = None) -> Letter:
    """It becomes nothing, for a reason in words. Raises NotYours, LetterRefused."""
    reason = rules.check_reason(reason)
    letter, _now = locked(letter, person)
    rules.check_state(letter, *NOT_SETTLED)
    if duplicate_of is not None and duplicate_of.pk == letter.pk:
        raise rules.LetterRefused(_("This is the same letter. Give the number of the other one."))
    return _moved(letter, State.SET_ASIDE, person, reason=reason, duplicate_of=duplicate_of or letter.duplicate_of)


@transaction.atomic
def put_back(*, letter: Letter, person: Any) -> Letter:
    """It waits like the others again: put aside by mistake, no spam, no machine. Raises NotYours, LetterRefused."""
    letter, _now = locked(letter, person)
    rules.check_state(letter, *SET_APART)
    rules.check_kept(letter)
    return _moved(letter, State.WAITING, person, reason="")


def set_apart(*, letter: Letter, problem: str, signals: list[str]) -> None:
    """A module finds that it looks like spam; within the transaction that keeps it. Only what waits is moved."""
    if letter.state != State.WAITING:
        return
    letter.state, letter.problem, letter.signals = State.QUARANTINED, problem, signals
    letter.save(update_fields=["state", "problem", "signals"])
    record(deed="incoming.quarantine", subject=letter, after={"state": letter.state})


def _moved(letter: Letter, state: State, person: Any, **facts: Any) -> Letter:
    before = {"state": letter.state}
    is_over = state != State.WAITING
    settled: dict[str, Any] = {"settled_at": database_now() if is_over else None, "settled_by": person if is_over else None}
    for name, value in {"state": state, **settled, **facts}.items():
        setattr(letter, name, value)
    letter.save(update_fields=["state", *settled, *facts])
    record(deed=f"incoming.{DEEDS[state]}", subject=letter, before=before, after={"state": state}, actor=person)
    return letter


DEEDS = {State.HANDLED: "settle", State.SET_ASIDE: "put_aside", State.WAITING: "put_back"}
