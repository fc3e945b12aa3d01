"""What staff settle by hand: messages nobody knows the fate of, and letters for the printer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import rules
from ratusz.foundation.notifications.models import MessageState, OutboxMessage, PrintBatch, PrintedLetter


@transaction.atomic
def resend_message(*, message: OutboxMessage, person: Any) -> OutboxMessage:
    """Sends a doubtful or failed message once more, under the same Message-ID; PermissionDenied for whoever may not."""
    now = database_now()
    change = {"state": MessageState.WAITING, "attempts": 0, "send_at": now}
    return _settle(message, person, "resend_message", [MessageState.REVIEW, MessageState.FAILED], change)


@transaction.atomic
def settle_as_sent(*, message: OutboxMessage, person: Any) -> OutboxMessage:
    """Takes a doubtful message as delivered; PermissionDenied for whoever may not."""
    change = {"state": MessageState.SENT, "sent_at": database_now()}
    return _settle(message, person, "settle_as_sent", [MessageState.REVIEW], change)


def _settle(message: OutboxMessage, person: Any, deed: str, states: list[str], change: dict[str, Any]) -> OutboxMessage:
    if not rules.may(person, "settle_message", message, database_now()):
        raise PermissionDenied
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if message.state not in states:
        return message
    before = {"state": message.state}
    for name, value in change.items():
        setattr(message, name, value)
    message.save(update_fields=list(change))
    record(deed=f"notifications.{deed}", subject=message, before=before, after={"state": message.state}, actor=person)
    return message


@transaction.atomic
def print_letters(*, person: Any) -> PrintBatch | None:
    """Puts every letter that waits into one new batch; None when none waits. PermissionDenied for whoever may not."""
    now = database_now()
    if not rules.may(person, "print_letters", at=now):
        raise PermissionDenied
    waiting = PrintedLetter.objects.select_for_update(skip_locked=True).filter(batch__isnull=True)
    ids = list(waiting.values_list("pk", flat=True))
    if not ids:
        return None
    batch = PrintBatch.objects.create(made_at=now, made_by=person)
    PrintedLetter.objects.filter(pk__in=ids).update(batch=batch)
    record(deed="notifications.print_letters", subject=batch, after={"letters": len(ids)}, actor=person)
    return batch
