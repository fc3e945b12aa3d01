"""What a person is told when a code, a limit or a deed on an account is refused; how long and how often things may be tried."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
CODE_SENDS = 3
CODE_SENDS_WITHIN = timedelta(hours=1)

SIGN_IN_TRIES = 10
SIGN_IN_TRIES_PER_ADDRESS = 50
"""An office stands behind one address, so an address may fail more often than an account."""
SIGN_IN_WITHIN = timedelta(minutes=15)
RESETS = 3
RESETS_WITHIN = timedelta(hours=1)


def may(person: Any, deed: str, subject: Any, at: datetime | None = None) -> bool:
    """Accounts are the administrator's, answers to persons the data-protection officer's; `at` is when the groups were synced.

    The roles stand in the groups that follow from appointments (module units, above this one, keeps them in step every minute).
    """
    code = {"answer_person": "data_protection_officer", "change_account": "administrator"}[deed]
    return bool(getattr(person, "is_active", False)) and person.groups.filter(name=f"rola: {code}").exists()


class Refused(Exception):
    """A deed that may not happen; `message` says to the person what to do."""

    message = ""

    def __str__(self) -> str:
        return str(self.message)


class NotOnesOwn(Refused):
    """An administrator would take their own second factor away."""

    message = _("You cannot do this to your own account. Ask another administrator.")


class TooManyCodes(Refused):
    """The address has had its three codes this hour."""

    message = _("We have sent three codes to this address within an hour. Wait an hour, then ask for a new one.")


class CodeRefused(Refused):
    """Wrong, expired, used, voided, not this request's, or out of tries: the person is told the same in each case."""

    message = _("This code is not right or no longer valid. Check the digits, or ask for a new code.")


def code_may_be_tried(code: Any, *, bound_digest: bytes, at: datetime) -> bool:
    """Whether a code row (or None) is still alive for the request that asks."""
    return (
        code is not None
        and code.used_at is None
        and code.voided_at is None
        and code.tries < CODE_TRIES
        and at < code.expires_at
        and bytes(code.bound_digest) == bound_digest
    )
