"""A person's yes with its proof, their no, and the list of those nobody writes to."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.rehearsal import rehearsed
from ratusz.foundation.notifications import links, rules
from ratusz.foundation.notifications.actions.addresses import add_address, confirm_address, erase_address
from ratusz.foundation.notifications.actions.digests import let_go
from ratusz.foundation.notifications.actions.outbox import cancel_waiting, send
from ratusz.foundation.notifications.models import (
    Address,
    Consent,
    ConsentRequest,
    ConsentText,
    Reason,
    Suppression,
    Withdrawal,
)
from ratusz.foundation.notifications.queries import needless_addresses
from ratusz.foundation.notifications.registry import purposes

REQUEST_LIVES = timedelta(days=7)
ADDRESSES_A_NIGHT = 1000


def _text_of(purpose: str, language: str) -> ConsentText:
    with translation.override(language):
        text = str(purposes[purpose].consent_text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return ConsentText.objects.get_or_create(digest=digest, defaults={"text": text})[0]


def _lock(address: Address) -> Address:
    return Address.objects.select_for_update().get(pk=address.pk)


@transaction.atomic
def ask_consent(*, email: str, purpose: str, through: str = "web", language: str = "pl") -> ConsentRequest | None:
    """Sends the question whose link confirms the consent (double opt-in); None when the person agreed already.

    The page says the same in either case, so nobody learns who is subscribed. Raises rules.NotDeliverable, rules.LimitReached.
    """
    address = _lock(add_address(channel="email", value=email, language=language))
    if Consent.objects.live().filter(address=address, purpose=purpose).exists():
        return None
    now = database_now()
    values = {"text": _text_of(purpose, language), "asked_at": now, "asked_through": through}
    request, _new = ConsentRequest.objects.update_or_create(address=address, purpose=purpose, defaults=values)
    with translation.override(language):
        button = (_("Yes, write to me"), links.confirm_url(request))
        context = {"purpose": purposes[purpose].name, "consent_text": request.text.text}
    send(
        to=address,
        purpose="notifications.question",
        template="notifications/mail/confirm_consent",
        context=context,
        button=button,
        dedup_key=f"consent-question:{request.pk}:{now.timestamp()}",
    )
    return request


@transaction.atomic
def confirm_consent(*, request: ConsentRequest) -> Consent | None:
    """Makes the consent of a confirmed request; None when the request is a week old or gone."""
    address = _lock(request.address)
    asked = ConsentRequest.objects.select_related("text").filter(pk=request.pk).first()
    now = database_now()
    if asked is None or asked.asked_at + REQUEST_LIVES <= now:
        return None
    confirm_address(address=address)
    # Who confirms from the mailbox takes an earlier "write nothing" back.
    _lift_asked(address, now)
    consent = _give(address, asked.purpose, asked.text, asked.asked_through, asked.asked_at, now, _question_id(asked))
    asked.delete()
    return consent


def _question_id(request: ConsentRequest) -> str:
    question = request.address.messages.filter(dedup_key__startswith=f"consent-question:{request.pk}:").order_by("-pk").first()
    return question.message_id if question else ""


@transaction.atomic
def give_consent(*, address: Address, purpose: str, through: str, asked_at: datetime | None = None, question: str = "") -> Consent:
    """A yes whose proof lies elsewhere: a signed paper, a call, the desk, or the personal link that only the mailbox has.

    A module that asks by a letter of its own names it: `question` is the letter's dedup key, `asked_at` when it was written.
    """
    address = _lock(address)
    now = database_now()
    if through == "link":
        _lift_asked(address, now)
        address = confirm_address(address=address)
    asked = address.messages.filter(dedup_key=question).first() if question else None
    proof = asked.message_id if asked else ""
    return _give(address, purpose, _text_of(purpose, address.language), through, asked_at or now, now, proof)


def _give(
    address: Address, purpose: str, text: ConsentText, through: str, asked_at: datetime, confirmed_at: datetime, question: str = ""
) -> Consent:
    """The one live consent of this address and purpose; the caller holds the address."""
    last = Consent.objects.filter(address=address, purpose=purpose).order_by("-ordinal").first()
    if last and not Withdrawal.objects.filter(consent=last).exists():
        return last
    consent = Consent.objects.create(
        address=address,
        purpose=purpose,
        ordinal=last.ordinal + 1 if last else 1,
        text=text,
        given_through=through,
        asked_at=asked_at,
        confirmed_at=confirmed_at,
        confirming_message=question,
    )
    record(deed="notifications.give_consent", subject=consent, after={"purpose": purpose, "through": through})
    return consent


@transaction.atomic
def leave_purpose(*, address: Address, purpose: str, through: str = "link") -> bool:
    """Withdraws the live consent to one purpose and cancels what still waits for it; False when there was none."""
    address = _lock(address)
    consent = Consent.objects.live().filter(address=address, purpose=purpose).first()
    ConsentRequest.objects.filter(address=address, purpose=purpose).delete()
    if consent is None:
        return False
    cancel_waiting(address=address, purpose=purpose)
    let_go(address=address, purpose=purpose)
    Withdrawal.objects.create(consent=consent, withdrawn_at=database_now(), withdrawn_through=through)
    record(deed="notifications.withdraw_consent", subject=consent, after={"purpose": purpose, "through": through})
    return True


@transaction.atomic
def leave_all(*, address: Address, through: str = "link") -> int:
    """Withdraws every consent and stops whatever is not owed to the person; gives back the number of consents withdrawn."""
    address = _lock(address)
    live = list(Consent.objects.live().filter(address=address).values_list("purpose", flat=True))
    count = sum(leave_purpose(address=address, purpose=purpose, through=through) for purpose in live)
    suppress(channel=address.channel, lookup=address.lookup, reason=Reason.ASKED)
    return count


@transaction.atomic
def suppress(*, channel: str, lookup: str, reason: str) -> Suppression:
    """Nothing goes to this address any more. A weightier reason (a bounce) replaces "the person asked"."""
    values = {"reason": reason, "since": database_now()}
    suppression, is_new = Suppression.objects.live().get_or_create(channel=channel, lookup=lookup, defaults=values)
    if not is_new and suppression.reason == Reason.ASKED and reason != Reason.ASKED:
        suppression.reason = reason
        suppression.save(update_fields=["reason"])
    if is_new:
        record(deed="notifications.suppress", subject=suppression, after={"reason": reason})
    return suppression


@transaction.atomic
def lift_suppression(*, suppression: Suppression, person: Any) -> None:
    """Staff let messages go to the address again, for example when a mailbox was full; PermissionDenied for whoever may not."""
    now = database_now()
    if not rules.may(person, "change_suppression", suppression, now):
        raise PermissionDenied
    if Suppression.objects.live().filter(pk=suppression.pk).update(lifted_at=now):
        before, after = {"reason": suppression.reason}, {"lifted_at": now.isoformat()}
        record(deed="notifications.lift_suppression", subject=suppression, before=before, after=after, actor=person)


def _lift_asked(address: Address, now: datetime) -> None:
    asked = Suppression.objects.live().filter(channel=address.channel, lookup=address.lookup, reason=Reason.ASKED)
    asked.update(lifted_at=now)


@transaction.atomic
def send_preference_link(*, email: str) -> None:
    """Sends the personal link to a known address; an unknown one gets nothing, and the page says the same for both."""
    is_known = Address.objects.known_as("email", email).filter(erased_at__isnull=True).exists()
    # For an unknown address the same is written and taken back, so that the time of the answer tells nothing either.
    with rehearsed(is_real=is_known):
        address = add_address(channel="email", value=email)
        with translation.override(address.language):
            button = (_("Choose what we write about"), links.preferences_url(address))
        key = f"preference-link:{address.pk}:{database_now().timestamp()}"
        with contextlib.suppress(rules.LimitReached):
            send(
                to=address,
                purpose="notifications.link",
                template="notifications/mail/preference_link",
                button=button,
                dedup_key=key,
            )


@transaction.atomic
def forget_requests() -> int:
    """Deletes consent requests nobody confirmed within a week, and addresses nothing keeps any more; gives back how many."""
    now = database_now()
    count = ConsentRequest.objects.filter(asked_at__lt=now - REQUEST_LIVES).delete()[0]
    return count + sum(bool(erase_address(address=address)) for address in needless_addresses(now)[:ADDRESSES_A_NIGHT])
