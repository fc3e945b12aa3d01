"""The fake beside every transport: keeps what it was given, refuses as told."""

from __future__ import annotations

from collections import deque

from ratusz.foundation.notifications.adapters import Permanent, Temporary, Uncertain
from ratusz.foundation.notifications.composing import Envelope


class FakeTransport:
    """`faults` are the names of what happens to the next messages: temporary, permanent, bad_address, uncertain, or "" for
    nothing."""

    def __init__(self, *faults: str):
        self.faults = deque(faults)
        self.sent: list[Envelope] = []

    def send(self, envelope: Envelope) -> None:
        fault = self.faults.popleft() if self.faults else ""
        if fault == "temporary":
            raise Temporary("451")
        if fault in ("permanent", "bad_address"):
            raise Permanent("550", address_is_bad=fault == "bad_address")
        if fault == "uncertain":
            raise Uncertain("ConnectionResetError")
        self.sent.append(envelope)

    def close(self) -> None:
        """Nothing to let go."""
