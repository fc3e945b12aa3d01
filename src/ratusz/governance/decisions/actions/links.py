"""Signed links for the city's entities and companies: one page without an account, good for one decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.links import sign_link
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.units.actions import invite, look_at_invitation, revoke_invitation, use_invitation
from ratusz.foundation.units.models import Invitation, Unit
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.actions.steps import begin, locked
from ratusz.governance.decisions.ladder_pack import number
from ratusz.governance.decisions.models import Decision

LINK = "decisions.carry_out"
UNIT_PURPOSE = "decisions.unit"
OUTSIDE = (Unit.Kind.ENTITY, Unit.Kind.COMPANY)
"""Their people have no account."""


def invite_entity(decision: Decision, at: datetime, unit: Unit | None = None) -> None:
    """Sends the link to a city's entity or company that has an address; links of earlier units open nothing any more."""
    unit = unit or decision.lead_unit
    close_links(decision)
    if unit is not None and unit.kind in OUTSIDE and unit.email:
        _send(decision, unit, at)


def close_links(decision: Decision) -> None:
    """Links of whoever has it no longer, and is not offered it, open nothing any more."""
    _revoke(decision, keep={decision.lead_unit_id, decision.offered_to_id})


def _revoke(decision: Decision, keep: set[int | None]) -> None:
    links = Invitation.objects.filter(purpose=LINK, subject_type=decision._meta.label, subject_id=str(decision.pk), revoked_at=None)
    for link in links.exclude(unit__in=[pk for pk in keep if pk]):
        revoke_invitation(invitation=link)


def _send(decision: Decision, unit: Unit, at: datetime) -> None:
    expires = _until(decision, at)
    token = invite(purpose=LINK, unit=unit, subject=decision, expires_at=expires, recipient=unit.email)
    assert decision.due_on is not None
    context = {"decision": decision, "due": polish_date(decision.due_on), "until": polish_date(expires - timedelta(seconds=1))}
    send(
        to=unit.email, purpose=UNIT_PURPOSE, template="decisions/mail/entity", context=context,
        button=(_("Open the decision"), _absolute(token)), dedup_key=f"{decision.key}:link:{unit.pk}:{at.timestamp()}",
    )  # fmt: skip


def tell_entity(decision: Decision, at: datetime, words: str) -> None:
    """What the President's office answered, to a unit in the lead whose people have no account and so no desk to read it on."""
    unit = decision.lead_unit
    if unit is None or unit.kind not in OUTSIDE or not unit.email:
        return
    address = address_for(decision.pk, unit.pk, at)
    send(
        to=unit.email, purpose=UNIT_PURPOSE, template="decisions/mail/entity_told", context={"decision": decision, "words": words},
        button=(_("Open the decision"), address) if address else None,
        dedup_key=f"{decision.key}:told:{unit.pk}:{at.timestamp()}",
    )  # fmt: skip


def _until(decision: Decision, at: datetime) -> datetime:
    days = timedelta(days=number("link_days_after_due"))
    due = end_of_day(decision.due_on) if decision.due_on else at
    return max(due, at) + days


def _absolute(token: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("decisions:entity", args=[token])


def address_for(decision_pk: int, unit_pk: int, at: datetime) -> str:
    """The address of the link that is good now, for a reminder; "" where there is none."""
    found = Invitation.objects.filter(
        purpose=LINK, subject_type=Decision._meta.label, subject_id=str(decision_pk), unit=unit_pk, revoked_at=None,
        expires_at__gt=at,
    ).order_by("-expires_at").first()  # fmt: skip
    return _absolute(sign_link(f"units.{LINK}", str(found.pk), found.expires_at)) if found else ""


@transaction.atomic
def send_link(*, decision: Decision, person: Any) -> None:
    """Sends the link anew; the earlier one opens nothing any more. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "send_link", person)
    rules.check_state(decision, *rules.OPEN)
    unit = decision.offered_to or decision.lead_unit
    assert unit is not None
    if unit.kind not in OUTSIDE or not unit.email:
        raise rules.DecisionRefused(_("A link goes to the city's entities and companies that have an e-mail address."))
    _revoke(decision, keep=set())
    _send(decision, unit, at)


def look_at_link(*, token: str) -> tuple[Decision, Unit]:
    """The decision behind a link and whose link it is; not a use. Raises LinkRefused."""
    invitation = look_at_invitation(purpose=LINK, token=token)
    decision = Decision.objects.select_related("lead_unit", "offered_to", "topic", "district").get(pk=invitation.subject_id)
    return decision, invitation.unit


def use_link(*, token: str) -> tuple[Decision, Unit, Any]:
    """Takes one use; the deed is then done as the returned actor. Call it in the transaction of the deed. Raises LinkRefused."""
    # The decision first, then its links, as staff do: the other way round two at once would wait for one another.
    locked(look_at_link(token=token)[0])
    invitation, actor = use_invitation(purpose=LINK, token=token)
    return Decision.objects.get(pk=invitation.subject_id), invitation.unit, actor
