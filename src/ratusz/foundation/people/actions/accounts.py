"""Accounts: made and changed by an administrator, disabled, and their sessions ended."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, QuerySet

from ratusz.foundation.audit.actions import record
from ratusz.foundation.people.actions.notices import tell_new_address, tell_sign_in_afresh
from ratusz.foundation.people.models import User
from ratusz.foundation.people.rules import NotOnesOwn

CHANGEABLE = ("email", "first_name", "last_name", "is_active", "is_staff")


def _facts(account: User) -> dict[str, Any]:
    return {name: getattr(account, name) for name in CHANGEABLE}


@transaction.atomic
def create_account(*, email: str, first_name: str = "", last_name: str = "", is_staff: bool = True, actor: Any = None) -> User:
    """Makes an account without a password; its person sets one through the reset link or signs in with the city's account."""
    account = User.objects.create_user(email, None, first_name=first_name, last_name=last_name, is_staff=is_staff)
    record(deed="people.create_account", subject=account, after=_facts(account), actor=actor)
    return account


@transaction.atomic
def change_account(*, account: User, actor: Any = None, **changes: Any) -> User:
    """Changes e-mail, names or whether the account works.

    A changed e-mail ends the account's sessions, and both addresses are told who changed it; password and second factors stay.
    """
    account = get_user_model().objects.select_for_update().get(pk=account.pk)
    before = _facts(account)
    for name in CHANGEABLE:
        setattr(account, name, changes.get(name, before[name]))
    after = _facts(account)
    if before["email"] != after["email"] or (before["is_active"] and not after["is_active"]):
        account.session_epoch += 1
    account.save()
    changed = [name for name in CHANGEABLE if before[name] != after[name]]
    if changed:
        old, new = {name: before[name] for name in changed}, {name: after[name] for name in changed}
        record(deed="people.change_account", subject=account, before=old, after=new, actor=actor)
    if "email" in changed:
        # A row of the old address would still find the account when a new password is asked for.
        EmailAddress.objects.filter(user=account).exclude(email__iexact=account.email).delete()
        tell_new_address(account=account, old=before["email"], actor=actor)
    return account


@transaction.atomic
def disable_account(*, account: User, actor: Any = None) -> User:
    """The person can no longer sign in, and is signed out everywhere."""
    return change_account(account=account, is_active=False, actor=actor)


@transaction.atomic
def enable_account(*, account: User, actor: Any = None) -> User:
    """Lets the person sign in again."""
    return change_account(account=account, is_active=True, actor=actor)


@transaction.atomic
def end_sessions(*, account: User, actor: Any = None) -> None:
    """Signs the person out of every browser."""
    User.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    record(deed="people.end_sessions", subject=account, actor=actor)


@transaction.atomic
def start_sign_in_afresh(*, account: User, reason: str, actor: Any = None) -> None:
    """For whoever lost the last second factor: forgets all of them and the password, signs out everywhere, tells the person.

    The password goes too: with it alone anybody could set up a second factor of their own. The person asks for a link to a new
    one by the e-mail address of the account. Raises NotOnesOwn for one's own account: that needs another administrator.
    """
    if actor is not None and actor.pk == account.pk:
        raise NotOnesOwn
    account = get_user_model().objects.select_for_update().get(pk=account.pk)
    forgotten, _rows = Authenticator.objects.filter(user=account).delete()
    account.set_unusable_password()
    account.session_epoch += 1
    account.save()
    record(deed="people.start_sign_in_afresh", subject=account, after={"reason": reason, "forgotten": forgotten}, actor=actor)
    tell_sign_in_afresh(account=account, actor=actor)


@transaction.atomic
def erase_account(*, account: User) -> int:
    """The row stays, because cases point at it; whoever it was does not. Returns 1. Part of erase_person, which records it."""
    account.email = f"usunieto-{account.pk}@konta.invalid"
    account.first_name = account.last_name = ""
    account.is_active = account.is_staff = False
    account.last_login = None
    account.session_epoch += 1
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    return 1


@transaction.atomic
def delete_rows(*, rows: QuerySet) -> int:
    """Deletes what belongs to an erased account alone (addresses, second factors, preferences); returns how many rows."""
    return rows.delete()[0]
