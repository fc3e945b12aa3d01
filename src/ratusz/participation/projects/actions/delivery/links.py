"""Signed links for the city's entities and companies: one page without an account, good for the building of one project."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.links import sign_link
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.foundation.units.actions import invite, look_at_invitation, revoke_invitation, use_invitation
from ratusz.foundation.units.models import Invitation, Unit
from ratusz.participation.projects.actions.delivery.steps import begin, locked
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.delivery.pack import number
from ratusz.participation.projects.models import Delivery, DeliveryState
from ratusz.publishing.website.own_sites import full_address

LINK = "projects.build"
LINK_PURPOSE = "projects.delivery"
OUTSIDE = (Unit.Kind.ENTITY, Unit.Kind.COMPANY)
"""Their people have no account."""


def invite_entity(delivery: Delivery, at: datetime) -> bool:
    """Sends the link to a city's entity or company that has an address; whether it went.

    An address that is written wrong stops no result from being published.
    """
    unit = delivery.unit
    if unit is None or unit.kind not in OUTSIDE or not unit.email:
        return False
    context = {"delivery": delivery, "project": delivery.project, "until": polish_date(_until(at) - timedelta(seconds=1))}
    try:
        send(
            to=unit.email, purpose=LINK_PURPOSE, template="projects/delivery/mail/entity", context=context,
            button=(_("Open the project"), absolute(_made(delivery, unit, at))),
            dedup_key=f"{delivery.key}:link:{unit.pk}:{at.timestamp()}",
        )  # fmt: skip
    except NotDeliverable:
        return False
    return True


def _made(delivery: Delivery, unit: Unit, at: datetime) -> str:
    return invite(purpose=LINK, unit=unit, subject=delivery, expires_at=_until(at), recipient=unit.email)


def _until(at: datetime) -> datetime:
    return at + timedelta(days=number("link_days"))


def absolute(token: str) -> str:
    """The address that stands in letters."""
    return full_address(reverse("projects:build", args=[token]))


def _links(delivery: Delivery) -> Any:
    return Invitation.objects.filter(purpose=LINK, subject_type=Delivery._meta.label, subject_id=str(delivery.pk), revoked_at=None)


def close_links(delivery: Delivery) -> None:
    """Links of a unit that has it no longer, or of what came to its end, open nothing any more."""
    kept = delivery.unit_id if delivery.state in (DeliveryState.OPEN, DeliveryState.REPORTED) else None
    for link in _links(delivery).exclude(unit=kept) if kept else _links(delivery):
        revoke_invitation(invitation=link)


def address_for(delivery: Delivery, unit: Unit, at: datetime) -> str:
    """The address of a link that is good now, for a reminder; a new one where there is none."""
    found = _links(delivery).filter(unit=unit, expires_at__gt=at + timedelta(days=14)).order_by("-expires_at").first()
    if found is None:
        return absolute(_made(delivery, unit, at))
    return absolute(sign_link(f"units.{LINK}", str(found.pk), found.expires_at))


@transaction.atomic
def send_link(*, delivery: Delivery, person: Any) -> None:
    """Sends the link anew; the earlier one opens nothing any more. Raises NotYours, DeliveryRefused."""
    delivery, at = begin(delivery, "send_link", person)
    rules.check_state(delivery, DeliveryState.OPEN)
    for link in _links(delivery):
        revoke_invitation(invitation=link)
    if not invite_entity(delivery, at):
        raise rules.DeliveryRefused(_("A link goes to the city's entities and companies that have an e-mail address."))


def look_at_link(*, token: str) -> tuple[Delivery, Unit]:
    """The building behind a link and whose link it is; not a use. Raises LinkRefused."""
    invitation = look_at_invitation(purpose=LINK, token=token)
    rows = Delivery.objects.select_related("project__pool", "project__edition", "unit")
    return rows.get(pk=invitation.subject_id), invitation.unit


def use_link(*, token: str) -> tuple[Delivery, Unit, Any]:
    """Takes one use; the deed is then done as the returned actor. Call it in the transaction of the deed. Raises LinkRefused."""
    # The building first, then its links, as staff do: the other way round two at once would wait for one another.
    delivery = locked(look_at_link(token=token)[0])
    invitation, actor = use_invitation(purpose=LINK, token=token)
    return delivery, invitation.unit, actor
