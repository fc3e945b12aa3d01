"""What waits for staff around messages: letters for the printer, messages nobody knows the fate of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from ratusz.foundation.kit.registries import Move
from ratusz.foundation.notifications import rules
from ratusz.foundation.notifications.models import MessageState, OutboxMessage, PrintedLetter


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
