"""Invitations to an account: sent, sent again, withdrawn, accepted; accepting makes the account and the appointment in one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext

from ratusz.foundation.audit.acting import acting
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_moment
from ratusz.foundation.kit.links import read_link, sign_link
from ratusz.foundation.notifications.actions import cancel_message, send
from ratusz.foundation.people.actions import create_account
from ratusz.foundation.people.models import Role, User
from ratusz.foundation.units import rules
from ratusz.foundation.units.actions.appointments import appoint
from ratusz.foundation.units.models import AccountInvitation, Unit

LINK = "units.account"
LIVES = timedelta(days=7)


@transaction.atomic
def invite_account(
    *,
    email: str,
    first_name: str,
    last_name: str,
    role: Role,
    unit: Unit,
    starts: datetime,
    ends: datetime | None = None,
    person: Any,
) -> AccountInvitation:
    """Sends a link, good for a week, by which somebody gets an account and this appointment.

    `person` invites. Raises PermissionDenied, AlreadyHasAccount, AlreadyInvited.
    """
    now = database_now()
    if not rules.may_invite(person, now, role, unit):
        raise PermissionDenied
    if User.objects.filter(email__iexact=email).exists():
        raise rules.AlreadyHasAccount
    invitation = AccountInvitation(email=email.lower(), first_name=first_name, last_name=last_name, role=role, unit=unit)
    invitation.starts, invitation.ends, invitation.invited_by = starts, ends, person
    invitation.sent_at, invitation.expires_at = now, now + LIVES
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as problem:
        raise rules.AlreadyInvited from problem
    after = {"role": role.code, "unit": unit.short_name, "starts": starts, "ends": ends, "email": invitation.email}
    record(deed="units.invite_account", subject=invitation, after=after, actor=person)
    _send(invitation)
    return invitation


@transaction.atomic
def resend_account_invitation(*, invitation: AccountInvitation, person: Any) -> AccountInvitation:
    """Sends a new link for another week; the one before opens nothing any more. PermissionDenied, LinkRefused."""
    now = database_now()
    invitation = _locked(invitation.pk, person, now)
    cancel_message(dedup_key=_key(invitation))
    invitation.sent_at, invitation.expires_at = now, now + LIVES
    record(deed="units.resend_account_invitation", subject=invitation, after={"sending": invitation.sendings + 1}, actor=person)
    _send(invitation)
    return invitation


@transaction.atomic
def withdraw_account_invitation(*, invitation: AccountInvitation, person: Any) -> None:
    """From now on the link opens nothing. PermissionDenied, LinkRefused when it was accepted or withdrawn meanwhile."""
    now = database_now()
    invitation = _locked(invitation.pk, person, now)
    cancel_message(dedup_key=_key(invitation))
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    record(deed="units.withdraw_account_invitation", subject=invitation, actor=person)


def _locked(number: UUID, person: Any, at: datetime) -> AccountInvitation:
    """The open invitation for whoever may invite into its role and unit."""
    invitation = AccountInvitation.objects.select_for_update(of=("self",)).select_related("role", "unit").get(pk=number)
    if not rules.may_invite(person, at, invitation.role, invitation.unit):
        raise PermissionDenied
    if rules.account_invitation_state(invitation, at) not in ("waiting", "expired"):
        rules.check_account_invitation(invitation, invitation.sendings, at)
    return invitation


def _key(invitation: AccountInvitation) -> str:
    return f"account-invitation:{invitation.pk}:{invitation.sendings}"


def _send(invitation: AccountInvitation) -> None:
    invitation.sendings += 1
    invitation.save(update_fields=["sendings", "sent_at", "expires_at"])
    token = sign_link(LINK, [str(invitation.pk), invitation.sendings], invitation.expires_at)
    url = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("units:accept-account", args=[token])
    context = {
        "invitation": invitation, "until": polish_moment(invitation.expires_at), "starts": polish_date(invitation.starts),
        "ends": invitation.ends and polish_date(invitation.ends - timedelta(microseconds=1)),
    }  # fmt: skip
    send(
        to=invitation.email, purpose="units.invitation", template="units/mail/account_invitation", context=context,
        button=(gettext("Set up my account"), url), dedup_key=_key(invitation),
    )  # fmt: skip


def _find(token: str, at: datetime, *, locks: bool) -> AccountInvitation:
    number, sending = read_link(LINK, token, at)
    invitations = AccountInvitation.objects.select_related("role", "unit")
    invitations = invitations.select_for_update(of=("self",)) if locks else invitations
    invitation = invitations.filter(pk=UUID(number)).first()
    rules.check_account_invitation(invitation, sending, at)
    return invitation


def look_at_account_invitation(*, token: str) -> AccountInvitation:
    """The invitation behind a link, for showing the page. Raises LinkRefused (LinkExpired, InvitationUsedUp …)."""
    return _find(token, database_now(), locks=False)


@transaction.atomic
def accept_account_invitation(*, token: str, password: str | None) -> tuple[User, bool]:
    """Makes the account with this password, and the appointment; gives the account and whether it is new.

    Somebody who got an account meanwhile keeps it as it is and is appointed: a link never touches an account that exists.
    Raises LinkRefused; of two at once the second is told that the invitation was accepted.
    """
    now = database_now()
    invitation = _find(token, now, locks=True)
    account = User.objects.filter(email__iexact=invitation.email).first()
    is_new = account is None
    if account is None:
        account = create_account(email=invitation.email, first_name=invitation.first_name, last_name=invitation.last_name)
        account.set_password(password)
        account.save(update_fields=["password"])
    with acting(account):
        appoint(person=account, role=invitation.role, unit=invitation.unit, starts=invitation.starts, ends=invitation.ends)
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])
        record(deed="units.accept_account_invitation", subject=invitation, after={"account": account.pk, "is_new": is_new})
    account.refresh_from_db()
    return account, is_new


@transaction.atomic
def erase_account_invitations(*, invitations: models.QuerySet[AccountInvitation]) -> int:
    """Takes invitations of a person away altogether; the record keeps that there were some. Returns how many."""
    return invitations.delete()[0]
