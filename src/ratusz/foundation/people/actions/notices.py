"""What a person is told about their own account, whoever changed it: nothing that lets somebody in changes in silence."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.acting import as_actor
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.notifications import rules as addresses
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.people.models import User

CHANGES = {
    "account/email/password_changed": ("people.change_password", _("The password was changed.")),
    "account/email/password_reset": ("people.reset_password", _("A new password was set by the link from an e-mail.")),
    "account/email/password_set": ("people.set_password", _("A password was set.")),
    "mfa/email/totp_activated": ("people.add_code_app", _("An app with codes was added as a second factor.")),
    "mfa/email/totp_deactivated": ("people.remove_code_app", _("The app with codes is no longer a second factor.")),
    "mfa/email/webauthn_added": ("people.add_passkey", _("A passkey was added.")),
    "mfa/email/webauthn_removed": ("people.remove_passkey", _("A passkey was removed.")),
    "mfa/email/recovery_codes_generated": ("people.make_recovery_codes", _("New recovery codes were made; the old ones are void.")),
    "socialaccount/email/account_connected": ("people.connect_account", _("The city's account was connected as a way to sign in.")),
    "socialaccount/email/account_disconnected": ("people.disconnect_account", _("The city's account no longer signs you in.")),
}
"""What allauth tells of, by its own names -> the deed in the record and the sentence for the person."""


@transaction.atomic
def tell_change(*, account: User, change: str) -> None:
    """Records a change of how the person signs in (a key of CHANGES) and tells them by e-mail."""
    deed, sentence = CHANGES[change]
    record(deed=deed, subject=account)
    _tell(account, account.email, "notice", {"sentence": sentence})


@transaction.atomic
def tell_new_address(*, account: User, old: str, actor: Any = None) -> None:
    """Tells both addresses that the account now has another one, and who changed it; each sees the other one masked."""
    who = as_actor(actor).label
    for here, there in ((old, account.email), (account.email, old)):
        context = {"is_old": here == old, "other": addresses.mask("email", there), "who": who}
        _tell(account, here, "new_address", context)


def tell_sign_in_afresh(*, account: User, actor: Any = None) -> None:
    """Tells that the second factors and the password were taken away, by whom, and how to sign in again."""
    _tell(account, account.email, "sign_in_afresh", {"who": as_actor(actor).label})


def _tell(account: User, address: str, template: str, context: dict[str, Any]) -> None:
    context |= {"when": polish_moment(database_now()), "from_address": as_actor(None).address}
    # Addresses of old accounts may be such that no mail can reach them; the change itself must not fail for that.
    try:
        send(
            to=address,
            purpose="people.account",
            template=f"people/mail/{template}",
            context=context,
            dedup_key=f"account-{uuid4()}",
        )
    except addresses.NotDeliverable:
        record(deed="people.fail_to_tell", subject=account)
