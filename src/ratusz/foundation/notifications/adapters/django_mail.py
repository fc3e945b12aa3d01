"""Whatever Django, allauth or Wagtail mail by themselves goes through the outbox too."""

from __future__ import annotations

import uuid

from django.core.mail.backends.base import BaseEmailBackend

from ratusz.foundation.notifications import actions
from ratusz.foundation.notifications.rules import LimitReached, NotDeliverable


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend: one row per recipient, in the caller's transaction."""

    def send_messages(self, email_messages) -> int:
        return sum(self._send(message) for message in email_messages)

    def _send(self, message) -> bool:
        batch = uuid.uuid4().hex
        for number, recipient in enumerate(message.recipients()):
            try:
                actions.send(
                    to=recipient,
                    purpose="notifications.account",
                    subject=message.subject,
                    text=message.body,
                    dedup_key=f"django:{batch}:{number}",
                )
            except (NotDeliverable, LimitReached):
                if not self.fail_silently:
                    raise
        return True
