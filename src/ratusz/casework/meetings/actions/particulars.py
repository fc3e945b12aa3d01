"""What a kind of meeting asks to be known of it is written down: before it what is needed there, after it what it came to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings import particulars, rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@transaction.atomic
def save_particulars(*, meeting: Meeting, answers: dict[str, Any], person: Any) -> Meeting:
    """Keeps the answers given; those not given stay as they were. What is asked after the meeting waits until it begins.

    Raises NotYours, Refused.
    """
    fresh, now = lock_for(meeting, "write_particulars", person), database_now()
    if fresh.state in (State.CANCELLED, State.ARCHIVED):
        raise rules.Refused(_("This meeting is over or cancelled and cannot be changed."))
    kind = fresh.rules_of_kind
    given = particulars.cleaned(kind, answers)
    late = {each.code for each in particulars.asked(kind, "after")}
    if fresh.starts_at > now and any(given.get(code) not in (None, "") for code in late):
        raise rules.Refused(_("The note and the figures are written once the meeting has begun."))
    before = dict(fresh.particulars)
    fresh.particulars = {code: value for code, value in (before | given).items() if value not in (None, "")}
    fresh.save(update_fields=["particulars"])
    record(deed="meetings.save_particulars", subject=fresh, before=before, after=fresh.particulars, actor=person)
    return fresh
