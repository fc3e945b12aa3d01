"""Letters: "sent" means ready for the printer; staff print them in batches."""

from __future__ import annotations

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.composing import Envelope
from ratusz.foundation.notifications.models import OutboxMessage, PrintedLetter


class LetterTransport:
    """Makes the letter's row; the same message makes one row however often it is tried."""

    def send(self, envelope: Envelope) -> None:
        message = OutboxMessage.objects.get(message_id=envelope.message_id)
        ready = {"recipient": envelope.to, "subject": envelope.subject, "text": envelope.text, "ready_at": database_now()}
        PrintedLetter.objects.get_or_create(message=message, defaults=ready)

    def close(self) -> None:
        """Nothing to let go."""
