"""Outside services that carry messages, behind one contract: accepted, refused for now, refused for good, or nobody knows."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ratusz.foundation.notifications.composing import Envelope


class Temporary(Exception):
    """Certainly not taken, may be tried again. The text is a code or a class, never a server's words."""


class Permanent(Exception):
    """Certainly not taken and never will be; `address_is_bad` when it is the address that does not exist."""

    def __init__(self, code: str, address_is_bad: bool = False):
        super().__init__(code)
        self.address_is_bad = address_is_bad


class Uncertain(Exception):
    """The message may or may not have been taken: a person decides."""


class Transport(Protocol):
    """Carries one finished message. Returning means: the other side took it."""

    def send(self, envelope: Envelope) -> None:
        """Raises Temporary, Permanent or Uncertain."""

    def close(self) -> None:
        """Lets connections go; `send` may be called again afterwards."""


def transport_for(channel: str) -> Transport:
    """The transport named in settings.RATUSZ_TRANSPORTS for this channel."""
    return import_string(settings.RATUSZ_TRANSPORTS[channel])()
