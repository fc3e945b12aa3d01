"""Example addresses, consents and messages for tests and the demo city."""

from __future__ import annotations

import uuid

from ratusz.foundation.notifications import actions
from ratusz.foundation.notifications.models import Address, OutboxMessage


def make_address(name: str = "jan.kowalski", channel: str = "email") -> Address:
    """An e-mail address at example.pl, or the number or postal address given as `name`."""
    return actions.add_address(channel=channel, value=f"{name}@example.pl" if channel == "email" else name)


def make_agreeing(name: str, purpose: str) -> Address:
    """An address with a live consent to the purpose, given at the desk."""
    address = make_address(name)
    actions.give_consent(address=address, purpose=purpose, through="desk")
    return address


def make_message(name: str = "jan.kowalski", purpose: str = "notifications.account", **values) -> OutboxMessage:
    """A waiting e-mail with a short text; `values` go to the action `send`."""
    words = {"subject": "Zażółć gęślą jaźń", "text": "Dzień dobry,\n\nto jest próba.", "dedup_key": uuid.uuid4().hex}
    return actions.send(to=make_address(name), purpose=purpose, **{**words, **values})
