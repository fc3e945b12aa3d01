"""What messages may be for: purposes registered by the modules that write to people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class Purpose:
    """One reason to write to somebody."""

    name: Any
    """As people read it on their preference page, translated lazily: "Newsletter miasta"."""
    consent_text: Any = ""
    """The sentence a person agrees to; empty when nothing is asked because the message is owed (receipts, codes, answers)."""
    is_urgent: bool = False
    """Goes before everything else and also in quiet hours: codes a person waits for."""
    hourly_limit: int = 30
    """Messages to one address in one hour of the clock; what is over waits for the next hour."""
    limit_refuses: bool = False
    """What is over the limit is refused when it is asked for (LimitReached), instead of waiting."""
    stops_when_asked: bool = False
    """Without a consent of its own, yet not owed: also stops when a person left everything."""
    has_rhythm: bool = False
    """Its events are collected (`actions.collect`): the person chooses on the preference page how often to hear of them."""
    choices_url: Callable[[Any], str] | None = None
    """Gives an Address the page where its person chooses within this purpose; linked from the preference page."""
    is_secret: bool = False
    """The text is wiped as soon as it was sent."""

    @property
    def needs_consent(self) -> bool:
        return bool(self.consent_text)


purposes: Registry[Purpose] = Registry("purposes of messages")
"""Named "module.noun"; fill it in AppConfig.ready()."""

erased_with_address: Registry[Callable[[Any], int]] = Registry("what goes when an address is erased")
"""module -> f(address) that erases what the module keeps beside the address, and gives back the number of rows."""

address_keepers: Registry[Callable[[Any], Any]] = Registry("what an address is kept for")
"""module -> f(reference to the address) giving a QuerySet: while it finds a row, the nightly cleaning leaves the address."""
