"""Signed links for people of the city's entities: made, used (each use recorded) and revoked."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from ratusz.foundation.audit.acting import Actor, acting
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import read_link, sign_link
from ratusz.foundation.units.models import Invitation, Unit
from ratusz.foundation.units.rules import check_invitation


@transaction.atomic
def invite(
    *, purpose: str, unit: Unit, subject: models.Model, expires_at: datetime, recipient: str = "", label: str = "",
    most_uses: int | None = None, actor: Any = None,
) -> str:  # fmt: skip
    """Makes an invitation and returns the token of its link; only the token opens it, the row alone does not."""
    invitation = Invitation.objects.create(
        purpose=purpose, unit=unit, recipient=recipient, label=label, expires_at=expires_at, most_uses=most_uses,
        subject_type=subject._meta.label, subject_id=str(subject.pk),
    )  # fmt: skip
    after = {
        "purpose": purpose,
        "unit": unit.short_name,
        "subject": str(subject.pk),
        "expires_at": expires_at,
        "most_uses": most_uses,
    }
    record(deed="units.invite", subject=invitation, after=after, actor=actor)
    return sign_link(f"units.{purpose}", str(invitation.pk), expires_at)


def _find(purpose: str, token: str, at: datetime, **lock: bool) -> Invitation:
    number = UUID(read_link(f"units.{purpose}", token, at))
    invitations = Invitation.objects.select_for_update() if lock else Invitation.objects
    invitation = invitations.filter(pk=number, purpose=purpose).first()
    check_invitation(invitation, at)
    return invitation


def look_at_invitation(*, purpose: str, token: str) -> Invitation:
    """The invitation behind a link, for showing the page; not a use. Raises LinkRefused (LinkExpired, InvitationUsedUp …)."""
    return _find(purpose, token, database_now())


@transaction.atomic
def use_invitation(*, purpose: str, token: str) -> tuple[Invitation, Actor]:
    """Takes one use; call it in the transaction of the deed, and do the deed as the returned actor (`with acting(actor)`)."""
    invitation = _find(purpose, token, database_now(), lock=True)
    invitation.uses += 1
    invitation.save(update_fields=["uses"])
    # The person's name stays in the invitation, where it can be erased; the record names the entity.
    actor = Actor(kind="link", id=str(invitation.pk), label=invitation.unit.name[:200])
    with acting(actor):
        record(deed="units.use_invitation", subject=invitation, after={"uses": invitation.uses})
    return invitation, actor


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: Any = None) -> None:
    """From now on the link opens nothing."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=database_now())
    record(deed="units.revoke_invitation", subject=invitation, actor=actor)


@transaction.atomic
def erase_invitations(*, invitations: models.QuerySet[Invitation]) -> int:
    """Forgets who was invited; that the entity was stays. Returns how many rows."""
    return invitations.update(recipient="", label="")
