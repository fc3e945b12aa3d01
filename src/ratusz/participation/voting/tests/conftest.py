"""Messages that went out, and a client that is let in as an adapter does."""

from __future__ import annotations

import pytest


@pytest.fixture
def messages(monkeypatch):
    """Texts of messages that went to the outbox: codes, notices, answers to declarations."""
    sent: list[dict] = []
    from ratusz.foundation.people.actions import codes as people_codes
    from ratusz.participation.voting import notices
    from ratusz.participation.voting.actions import declarations

    for module in (people_codes, notices, declarations):
        monkeypatch.setattr(module, "send", lambda **message: sent.append(message))
    return sent
