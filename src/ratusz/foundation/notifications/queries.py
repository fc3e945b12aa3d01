"""What waits for staff around messages, and which addresses nothing keeps any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from ratusz.foundation.kit.registries import Move
from ratusz.foundation.notifications import rules
from ratusz.foundation.notifications.models import (
    Address,
    Consent,
    ConsentRequest,
    DigestItem,
    MessageState,
    OutboxMessage,
    PrintedLetter,
)
from ratusz.foundation.notifications.registry import address_keepers


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """The moves of this person at that moment, for the desk."""
    if rules.may(person, "settle_message", at=at):
        count = OutboxMessage.objects.filter(state=MessageState.REVIEW).count()
        what = ngettext("Settle %(count)d message that may have gone", "Settle %(count)d messages that may have gone", count)
        if count:
            yield Move(what=what % {"count": count}, url=reverse("notifications_outbox") + "?state=review", kind="notifications")
    if rules.may(person, "print_letters", at=at):
        count = PrintedLetter.objects.filter(batch__isnull=True, ready_at__lte=at).count()
        what = ngettext("Print %(count)d letter", "Print %(count)d letters", count)
        if count:
            yield Move(what=what % {"count": count}, url=reverse("notifications_letters"), kind="notifications")


UNSETTLED = (MessageState.WAITING, MessageState.SENDING, MessageState.REVIEW)


def needless_addresses(at: datetime) -> QuerySet[Address]:
    """Of nobody with an account, without a live consent, a question or an event that waits, and written to long ago.

    After a question nobody answered that is a week, after anything else 90 days, when the texts go too.
    """
    own = OuterRef("pk")
    recent = Q(made_at__gte=at - timedelta(days=90)) & ~Q(purpose="notifications.question")
    recent |= Q(made_at__gte=at - timedelta(days=7)) | Q(state__in=UNSETTLED)
    keepers: tuple[QuerySet, ...] = (
        Consent.objects.live().filter(address=own),
        ConsentRequest.objects.filter(address=own),
        DigestItem.objects.filter(address=own, message__isnull=True),
        OutboxMessage.objects.filter(recent, address=own),
        PrintedLetter.objects.filter(message__address=own, batch__isnull=True),
    )
    # What other modules keep an address for: a seat at a meeting half a year ahead.
    keepers += tuple(keeper(own) for keeper in address_keepers)
    found = Address.objects.filter(erased_at__isnull=True, person__isnull=True, made_at__lt=at - timedelta(days=7))
    return found.exclude(Exists(keepers[0])).filter(*(~Exists(keeper) for keeper in keepers[1:])).order_by("pk")
