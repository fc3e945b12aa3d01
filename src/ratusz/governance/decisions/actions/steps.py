"""What every deed on a decision shares: the lock, who acts, the change that everybody may see, the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.casework.documents.actions import close_case
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.models import Decision, Handover, PublicChange
from ratusz.publishing.website.actions import bump_content_version


def locked(decision: Decision) -> Decision:
    """The row as it is now, held until the end of the transaction."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("lead_unit", "offered_to")
    return rows.get(pk=decision.pk)


def begin(decision: Decision, deed: str, person: Any, by_unit: Unit | None = None) -> tuple[Decision, datetime]:
    """Locks, reads the clock, checks the right: of a person, or of a unit that answers by its link."""
    decision = locked(decision)
    at = database_now()
    if by_unit is None:
        rules.check_may(person, deed, decision, at)
    else:
        rules.check_reply_by(decision, by_unit, offered=deed in ("take_over", "decline"))
    return decision, at


def keep(decision: Decision, deed: str, person: Any, before: dict[str, Any], **after: Any) -> None:
    """Saves the row and records the deed."""
    decision.save()
    record(deed=f"decisions.{deed}", subject=decision, before=before, after=after, actor=person)


def hand(decision: Decision, kind: str, at: datetime, person: Any, **facts: Any) -> None:
    """One row of the chain of owners."""
    Handover.objects.create(decision=decision, kind=kind, happened_at=at, person=person, **facts)


def show(decision: Decision, kind: str, at: datetime, text: str = "") -> None:
    """Says that something changed for everybody; its followers are told by the workers."""
    if not decision.is_public or decision.taken_at is None:
        # Whoever asked hears of it all the same, without the words.
        if decision.taken_at is not None and decision.askers.exists():
            PublicChange.objects.create(decision=decision, kind=kind, due_on=decision.due_on, happened_at=at)
        return
    PublicChange.objects.create(decision=decision, kind=kind, text=text, due_on=decision.due_on, happened_at=at)
    bump_content_version()


def end(decision: Decision, state: str, at: datetime, person: Any) -> None:
    """A final state: nothing is offered, asked or suspended any more, and its case is closed."""
    decision.state, decision.settled_at, decision.settled_by = state, at, person
    decision.offered_to, decision.suspended_at, decision.suspend_reason = None, None, ""
    decision.later_requests.filter(state="open").update(state="refused", answer="–", answered_at=at, answered_by=person)
    close_case(subject=decision.key, person=person)
