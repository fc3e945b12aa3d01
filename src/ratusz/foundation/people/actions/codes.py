"""One-time codes: sent to an address, bound to the request that asked, good once and for ten minutes."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.rehearsal import rehearsed
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.people.keys import keyed_digest, plain_address
from ratusz.foundation.people.models import OneTimeCode
from ratusz.foundation.people.rules import (
    CODE_DIGITS,
    CODE_LIVES,
    CODE_SENDS,
    CODE_SENDS_WITHIN,
    CodeRefused,
    TooManyCodes,
    code_may_be_tried,
)


def send_code(*, purpose: str, address: str, bound_to: str, deliver: Callable[[str, str], None], is_known: bool = True) -> UUID:
    """Makes a code and has `deliver(address, code)` put it into the outbox; returns the handle to check it by.

    `bound_to` names the request that asks (a form's token, a session's own key); only it may use the code. A new code for
    the same purpose and address voids the older ones. For an address that is not known (`is_known=False`) a message of the
    same kind is written and taken back, so that neither answer nor time tells who is known. Raises TooManyCodes after three in
    an hour. Call it outside a transaction.
    """
    plain = plain_address(address)
    if not use_up(kind="code", key=f"{purpose}|{plain}", most=CODE_SENDS, within=CODE_SENDS_WITHIN):
        raise TooManyCodes
    digits = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    with transaction.atomic():
        now = database_now()
        digest = keyed_digest("codes", "address", plain)
        OneTimeCode.objects.filter(purpose=purpose, address_digest=digest, used_at=None, voided_at=None).update(voided_at=now)
        code = OneTimeCode(purpose=purpose, address_digest=digest, expires_at=now + CODE_LIVES)
        code.bound_digest = keyed_digest("codes", "bound", bound_to)
        code.code_digest = keyed_digest("codes", "code", str(code.pk), digits)
        code.save(force_insert=True)
        if is_known:
            deliver(address, digits)
        else:
            with rehearsed(is_real=False):
                through_outbox(channel="email" if "@" in address else "sms")(address, digits)
    return code.pk


def through_outbox(*, channel: str, what: str = "") -> Callable[[str, str], None]:
    """A `deliver` for `send_code` that puts the code into the outbox, by "email" or "sms"; its text is wiped once it was sent.

    `what`: a sentence that says what the code is for, and who asked for it.
    """

    def deliver(address: str, digits: str) -> None:
        text = gettext("Your code: %(digits)s. It is good for 10 minutes. Give it to nobody.") % {"digits": digits}
        text = f"{what} {text}" if what else text
        send(
            to=address, channel=channel, purpose="people.code", dedup_key=f"code-{uuid4()}", subject=gettext("Your code"), text=text
        )

    return deliver


@transaction.atomic(durable=True)
def _try_code(handle: UUID, purpose: str, bound_to: str, digits: str) -> bool:
    now = database_now()
    code = OneTimeCode.objects.select_for_update().filter(pk=handle, purpose=purpose).first()
    if not code_may_be_tried(code, bound_digest=keyed_digest("codes", "bound", bound_to), at=now):
        return False
    is_right = hmac.compare_digest(bytes(code.code_digest), keyed_digest("codes", "code", str(code.pk), digits))
    code.tries += 1
    if is_right:
        code.used_at = now
    code.save(update_fields=["tries", "used_at"])
    return is_right


def check_code(*, handle: UUID, purpose: str, bound_to: str, digits: str) -> None:
    """Uses the code up, or raises CodeRefused. Five tries, then it is void. Call it outside a transaction."""
    if not _try_code(handle, purpose, bound_to, "".join(digits.split())):
        raise CodeRefused
