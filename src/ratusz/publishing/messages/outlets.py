"""Where a message can go: each outlet says what text it takes, whether the program shows it itself, and who does it by hand.

Modules above register theirs in AppConfig.ready(); the code of an outlet is what `kit.outgoing` calls the channel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ratusz.foundation.kit.registries import Registry


class Form(Enum):
    """How much of the message a derived text carries."""

    PAGE = "page"
    """The long text alone: facts stand beside it as a list."""
    FULL = "full"
    """Title, short text, the facts as lines, long text."""
    SHORT = "short"
    """Title, short text and where to read more, in one paragraph."""
    SIGN = "sign"
    """Title, short text, what to do: a poster or a screen."""


class SendingFailed(Exception):
    """The outlet did not take the text; the message says why, for the person."""


@dataclass(frozen=True)
class Outlet:
    """One place of publication. `deliver` gets the variant after its release is written, in the same transaction."""

    code: str
    name: Any
    """As staff read it, translated lazily."""
    form: Form = Form.FULL
    order: int = 100
    most_characters: int | None = None
    gates: str = ""
    """Whose lengths and readability hold at the gates: "sms", "newsletter" …; empty: by the form."""
    kinds: tuple[str, ...] = ()
    """Kinds of messages that it takes; empty: all."""
    is_offered: bool = True
    """Whether a new message gets it unless somebody takes it off."""
    is_live: bool = False
    """The program shows it from our own data, so a correction reaches it by itself."""
    is_by_hand: bool = False
    """A person publishes it elsewhere and brings the link or the proof back."""
    hangs: bool = False
    """It is paper: each copy has a place, a moment and a photograph."""
    what_to_do: Any = ""
    """For an outlet by hand: what the person does with it."""
    deliver: Callable[[Any], None] | None = None
    follow: Callable[[Any], None] | None = None
    """Gets the message whenever what people see of it there changes: sent, corrected, withdrawn."""
    address: Callable[[Any], str] | None = None
    """message -> the address where people read it, a path or a whole one."""
    downloads: tuple[tuple[str, Any], ...] = ()
    """(code of a file in `files.made_files`, its name as staff read it)."""

    def takes(self, kind: str) -> bool:
        """Whether messages of this kind go there."""
        return not self.kinds or kind in self.kinds


outlets: Registry[Outlet] = Registry("outlets of messages")
"""code -> Outlet."""

MAIN = "www"
"""The outlet whose address all others name: our own web page."""


def outlets_for(kind: str) -> list[Outlet]:
    """The outlets that take messages of a kind, in their order."""
    return sorted((outlet for outlet in outlets if outlet.takes(kind)), key=lambda outlet: (outlet.order, outlet.code))


def outlet_of(code: str) -> Outlet:
    """The outlet, or a stand-in by hand for one whose module is gone: its variants stay readable."""
    return outlets[code] if code in outlets else Outlet(code=code, name=code, is_by_hand=True)


def address_of(message: Any) -> str:
    """The whole address of the message's own page; "" when no outlet has one."""
    from django.conf import settings

    if MAIN not in outlets or outlets[MAIN].address is None:
        return ""
    address = outlets[MAIN].address(message)
    return settings.PUBLIC_ADDRESS.rstrip("/") + address if address.startswith("/") else address
