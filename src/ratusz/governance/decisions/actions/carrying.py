"""The unit accepts a decision, says "not ours", hands it on; the President's office gives a returned one to another unit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.actions.links import close_links, invite_entity
from ratusz.governance.decisions.actions.steps import begin, hand, keep, show
from ratusz.governance.decisions.models import Decision, Handover, PublicChange
from ratusz.governance.decisions.models.decisions import State


@transaction.atomic
def accept_decision(
    *, decision: Decision, person: Any = None, first_step: str, in_charge: Any = None, by_unit: Unit | None = None
) -> Decision:
    """The unit accepts: with the person in charge and the first step. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "accept", person, by_unit)
    rules.check_state(decision, State.TAKEN)
    rules.check_not_suspended(decision)
    decision.first_step = rules.check_words(first_step, 300)
    decision.person, decision.state = in_charge or person, State.IN_PROGRESS
    keep(decision, "accept_decision", person, {"state": State.TAKEN}, state=decision.state)
    hand(decision, Handover.Kind.ACCEPTED, at, person, to_unit=decision.lead_unit)
    show(decision, PublicChange.Kind.IN_PROGRESS, at)
    return decision


@transaction.atomic
def return_decision(
    *, decision: Decision, reason: str, proposed: Unit | None = None, person: Any = None, by_unit: Unit | None = None
) -> Decision:
    """The unit says "not ours", whose it is as they think, and why. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "return", person, by_unit)
    rules.check_returning(decision, at)
    words = rules.check_words(reason, 500)
    decision.state, decision.offered_to = State.RETURNED, None
    keep(decision, "return_decision", person, {"state": State.TAKEN}, state=decision.state)
    hand(decision, Handover.Kind.RETURNED, at, person, from_unit=decision.lead_unit, to_unit=proposed, reason=words)
    return decision


@transaction.atomic
def give_decision(*, decision: Decision, unit: Unit, person: Any) -> Decision:
    """The President's office gives a returned or taken decision to another unit; the day does not move.

    Raises NotYours, DecisionRefused.
    """
    decision, at = begin(decision, "give", person)
    rules.check_state(decision, State.RETURNED, State.TAKEN)
    if unit.closed_date is not None:
        raise rules.DecisionRefused(gettext("Choose another working unit."))
    before, decision.lead_unit = decision.lead_unit, unit
    decision.state, decision.given_at, decision.person, decision.offered_to = State.TAKEN, at, None, None
    keep(decision, "give_decision", person, {"unit": before.pk if before else None}, unit=unit.pk)
    decision.parts.filter(unit=unit).delete()
    hand(decision, Handover.Kind.GIVEN, at, person, from_unit=before, to_unit=unit)
    show(decision, PublicChange.Kind.HANDED, at)
    invite_entity(decision, at)
    return decision


@transaction.atomic
def delegate_decision(*, decision: Decision, unit: Unit, reason: str, person: Any) -> Decision:
    """Offers it to another unit, which has to accept; until then it stays where it is. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "delegate", person)
    earlier = decision.handovers.filter(kind=Handover.Kind.TAKEN_OVER).count()
    rules.check_delegating(decision, unit, earlier)
    words = rules.check_words(reason, 500)
    decision.offered_to = unit
    keep(decision, "delegate_decision", person, {}, offered_to=unit.pk)
    hand(decision, Handover.Kind.OFFERED, at, person, from_unit=decision.lead_unit, to_unit=unit, reason=words)
    invite_entity(decision, at, unit)
    return decision


@transaction.atomic
def take_over_decision(
    *, decision: Decision, first_step: str, person: Any = None, in_charge: Any = None, by_unit: Unit | None = None
) -> Decision:
    """The unit it was offered to takes it over; the day does not move. Raises NotYours, DecisionRefused."""
    decision, at = _offered(decision, "take_over", person, by_unit)
    before, unit = decision.lead_unit, decision.offered_to
    decision.first_step = rules.check_words(first_step, 300)
    decision.lead_unit, decision.offered_to, decision.person = unit, None, in_charge or person
    decision.state, decision.given_at = State.IN_PROGRESS, at
    keep(decision, "take_over_decision", person, {"unit": before.pk if before else None}, unit=unit.pk if unit else None)
    decision.parts.filter(unit=unit, state="open").delete()
    hand(decision, Handover.Kind.TAKEN_OVER, at, person, from_unit=before, to_unit=unit)
    show(decision, PublicChange.Kind.HANDED, at)
    # The link by which it was taken over stays good; those of the unit before do not.
    if by_unit is None:
        invite_entity(decision, at)
    else:
        close_links(decision)
    return decision


@transaction.atomic
def decline_decision(*, decision: Decision, reason: str, person: Any = None, by_unit: Unit | None = None) -> Decision:
    """The unit it was offered to does not take it; it stays with the one before. Raises NotYours, DecisionRefused."""
    decision, at = _offered(decision, "decline", person, by_unit)
    words, unit = rules.check_words(reason, 500), decision.offered_to
    decision.offered_to = None
    keep(decision, "decline_decision", person, {"offered_to": unit.pk if unit else None}, offered_to=None)
    hand(decision, Handover.Kind.DECLINED, at, person, from_unit=unit, to_unit=decision.lead_unit, reason=words)
    return decision


def _offered(decision: Decision, deed: str, person: Any, by_unit: Unit | None) -> tuple[Decision, Any]:
    decision, at = begin(decision, deed, person, by_unit)
    rules.check_state(decision, State.TAKEN, State.IN_PROGRESS)
    rules.check_not_suspended(decision)
    return decision, at
