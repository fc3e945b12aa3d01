"""Turns of duty are set, changed and cancelled by heads of the department."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.coordination.desk import rules
from ratusz.coordination.desk.models import DutyTurn
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

FIELDS = ("kind", "person_id", "starts", "ends")


def _facts(turn: DutyTurn) -> dict[str, Any]:
    return {name: getattr(turn, name) for name in FIELDS}


def _locked(turn: DutyTurn) -> DutyTurn:
    return DutyTurn.objects.select_for_update(of=("self",)).select_related("person").get(pk=turn.pk)


@transaction.atomic
def set_duty(*, kind: str, on_duty: Any, starts: datetime, ends: datetime, person: Any, turn: DutyTurn | None = None) -> DutyTurn:
    """Sets a turn, or changes `turn`. Raises PermissionDenied, and Refused with words, for a turn that crosses another one too."""
    at, before = database_now(), None
    rules.check(person, None, at)
    if turn is not None:
        before = _locked(turn)
        rules.check(person, before, at)
    made = DutyTurn(pk=before.pk if before else None, kind=kind, person=on_duty, starts=starts, ends=ends, set_by=person, set_at=at)
    rules.check_turn(made, before, at)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise rules.Refused(_("This person has this duty then already. Change that turn instead.")) from None
    deed = "desk.change_duty" if before else "desk.set_duty"
    record(deed=deed, subject=made, before=_facts(before) if before else None, after=_facts(made), actor=person)
    return made


@transaction.atomic
def cancel_duty(*, turn: DutyTurn, person: Any) -> None:
    """Takes a turn away; one that has begun ends now, so that it can still be seen who had it. Raises as `set_duty` does."""
    at = database_now()
    turn = _locked(turn)
    rules.check(person, turn, at)
    before = _facts(turn)
    if turn.starts < at:
        turn.ends = at
        turn.save()
        record(deed="desk.cancel_duty", subject=turn, before=before, after=_facts(turn), actor=person)
        return
    record(deed="desk.cancel_duty", subject=turn, before=before, actor=person)
    turn.delete()
