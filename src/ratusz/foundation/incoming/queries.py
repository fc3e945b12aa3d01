"""Reads of letters and mailboxes that modules share."""

from __future__ import annotations

from django.conf import settings

from ratusz.foundation.incoming.actions.visiting import is_set
from ratusz.foundation.incoming.models import Visit


def address_for(mailbox: str, tag: str = "") -> str:
    """Our address with a tag after the plus, to be told to people; "" unless both the mailbox and its address are set."""
    local, _at, domain = settings.RATUSZ_MAILBOXES.get(mailbox, {}).get("address", "").partition("@")
    if not domain or not is_set(mailbox):
        return ""
    return f"{local}+{tag}@{domain}" if tag else f"{local}@{domain}"


def last_visit(mailbox: str) -> Visit | None:
    """How the last look into a mailbox ended; None before the first one."""
    return Visit.objects.filter(mailbox=mailbox).first()
