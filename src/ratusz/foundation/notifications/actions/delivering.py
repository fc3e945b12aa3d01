"""Deliver the outbox: claim one row, send it, note the outcome together with the next claim; what a crash left in doubt goes
to review."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ratusz.foundation.jobs.actions.running import worker_name
from ratusz.foundation.jobs.rules import wait_after
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import composing, rules
from ratusz.foundation.notifications.actions.consents import suppress
from ratusz.foundation.notifications.actions.outbox import count_one, wipe_contents
from ratusz.foundation.notifications.adapters import Permanent, Temporary, Transport, Uncertain, transport_for
from ratusz.foundation.notifications.models import Consent, MessageState, OutboxMessage, Reason, Suppression
from ratusz.foundation.notifications.registry import Purpose, purposes

logger = logging.getLogger("ratusz.notifications")
LEASE = timedelta(minutes=5)
ERASED, WITHDRAWN, SUPPRESSED = "erased", "withdrawn", "suppressed"
NO_PURPOSE = Purpose(name="")


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt: the new state and a short technical reason (a class or a server's code, never its words)."""

    message: OutboxMessage
    state: str
    error: str = ""
    address_is_bad: bool = False


def deliver(*, channel: str, limit: int = 100, transport: Transport | None = None) -> int:
    """Sends what is due in one channel, most urgent first, at most `limit`; gives back how many were tried.

    Any number of workers may do so at once. A row is `sending`, with its Message-ID, before the first byte goes out; one left
    so by a dead
    worker is never sent again by itself.
    """
    worker = worker_name()
    sweep_abandoned(channel=channel)
    transport = transport or transport_for(channel)
    outcome, count = None, 0
    try:
        while (message := _note_and_claim(outcome, channel, worker, claims=count < limit)) is not None:
            outcome = _attempt(message, transport)
            count += 1
    finally:
        transport.close()
    return count


@transaction.atomic
def _note_and_claim(outcome: Outcome | None, channel: str, worker: str, claims: bool) -> OutboxMessage | None:
    """One commit for the last message's outcome and the next one's claim: half the commits, and never a second row in doubt."""
    now = database_now()
    if outcome:
        _note(outcome, worker, now)
    return _claim(channel, worker, now) if claims else None


def _claim(channel: str, worker: str, now: datetime) -> OutboxMessage | None:
    while (message := _due(channel, now).first()) is not None:
        if reason := _why_not(message):
            _save(message, state=MessageState.CANCELLED, last_error=reason)
        elif (moment := _not_before(message, now)) > now:
            _save(message, send_at=moment)
        else:
            return _take(message, worker, now)
    return None


def _due(channel: str, now: datetime) -> QuerySet[OutboxMessage]:
    """What is due and held by nobody, with what decides whether it may go: asked in the same statement that takes the row."""
    live = Consent.objects.live().filter(address=OuterRef("address"), purpose=OuterRef("purpose"))
    stopped = Suppression.objects.live().filter(channel=OuterRef("channel"), lookup=OuterRef("address__lookup"))
    due = OutboxMessage.objects.due(channel, now).select_related("address", "content")
    return due.select_for_update(skip_locked=True, of=("self",)).annotate(
        agrees=Exists(live), stopped=Subquery(stopped.values("reason")[:1])
    )


def _save(message: OutboxMessage, **values) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(**values)


def _take(message: OutboxMessage, worker: str, now: datetime) -> OutboxMessage:
    domain = settings.RATUSZ_MAIL_DOMAIN
    message.message_id = rules.message_id(message.dedup_key, domain, settings.RATUSZ_LOOKUP_KEY)
    message.state, message.attempts = MessageState.SENDING, message.attempts + 1
    message.lease_until, message.leased_by = now + LEASE, worker
    message.save(update_fields=["state", "attempts", "lease_until", "leased_by", "message_id"])
    return message


def _purpose(message: OutboxMessage) -> Purpose:
    return purposes[message.purpose] if message.purpose in purposes else NO_PURPOSE  # noqa: SIM401


def _why_not(message: Any) -> str:
    """Why this must not go after all, asked at the last moment: a consent withdrawn while others were sent counts."""
    purpose = _purpose(message)
    if message.address.erased_at:
        return ERASED
    if purpose.needs_consent and not message.agrees:
        return WITHDRAWN
    is_owed = not purpose.needs_consent and not purpose.stops_when_asked
    return SUPPRESSED if message.stopped and not (is_owed and message.stopped != Reason.HARD_BOUNCE) else ""


def _not_before(message: OutboxMessage, now: datetime) -> datetime:
    purpose = _purpose(message)
    moment = rules.may_go_at(message.channel, now, purpose.is_urgent)
    if moment > now or message.attempts or purpose.limit_refuses:
        return moment
    is_within = count_one(address=message.address, purpose=message.purpose, limit=purpose.hourly_limit, at=now)
    return now if is_within else rules.hour_of(now) + timedelta(hours=1)


def _attempt(message: OutboxMessage, transport: Transport) -> Outcome:
    try:
        envelope = composing.envelope_for(message)
    except Exception as error:
        logger.error("message %s cannot be written: %s", message.pk, type(error).__name__)
        return Outcome(message, MessageState.FAILED, type(error).__name__)
    try:
        transport.send(envelope)
    except Temporary as refusal:
        is_last = message.attempts >= rules.TRIES
        return Outcome(message, MessageState.FAILED if is_last else MessageState.WAITING, str(refusal))
    except Permanent as refusal:
        return Outcome(message, MessageState.FAILED, str(refusal), refusal.address_is_bad)
    except Uncertain as doubt:
        return Outcome(message, MessageState.REVIEW, str(doubt))
    except Exception as error:
        # Nobody knows how far it came: better one message too few than two.
        logger.error("message %s: adapter broke with %s", message.pk, type(error).__name__)
        return Outcome(message, MessageState.REVIEW, type(error).__name__)
    return Outcome(message, MessageState.SENT)


def _note(outcome: Outcome, worker: str, now: datetime) -> None:
    message = outcome.message
    values: dict = {"state": outcome.state, "last_error": outcome.error[:100], "lease_until": None}
    if outcome.state == MessageState.SENT:
        values["sent_at"] = now
    if outcome.state == MessageState.WAITING:
        values["send_at"] = now + wait_after(message.attempts)
    # A slow worker may find its row in review already: then it knows better.
    mine = OutboxMessage.objects.filter(pk=message.pk, leased_by=worker, state__in=[MessageState.SENDING, MessageState.REVIEW])
    if mine.update(**values) and outcome.address_is_bad:
        suppress(channel=message.channel, lookup=message.address.lookup, reason=Reason.HARD_BOUNCE)
    if outcome.state == MessageState.SENT and _purpose(message).is_secret:
        wipe_contents(content_ids=[message.content_id], at=now)


@transaction.atomic
def sweep_abandoned(*, channel: str) -> int:
    """Moves rows left `sending` by a dead worker to review; gives back how many."""
    abandoned = OutboxMessage.objects.abandoned(database_now()).filter(channel=channel)
    return abandoned.update(state=MessageState.REVIEW, lease_until=None, last_error="worker died")


@transaction.atomic
def report_bounce(*, message_id: str, reason: str) -> bool:
    """Notes that a sent message came back (`Reason.HARD_BOUNCE`) or was marked as unwanted; False for a message that is not
    ours."""
    message = OutboxMessage.objects.select_for_update(of=("self",)).select_related("address").filter(message_id=message_id).first()
    if message is None or not message_id:
        return False
    if reason == Reason.HARD_BOUNCE:
        _save(message, state=MessageState.FAILED, sent_at=None, last_error="bounced", lease_until=None)
    if not message.address.erased_at:
        suppress(channel=message.channel, lookup=message.address.lookup, reason=reason)
    return True
