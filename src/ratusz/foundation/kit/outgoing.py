"""What may hold back a thing on its way out: a plain registry that every outgoing module asks and upper modules fill.

Elections mode (coordination/calendar) is the first to fill it; channels and pages only ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class Outgoing:
    """Something about to leave the house: a page, a variant of a message, a newsletter issue, a post."""

    subject: str
    """A stable key, "module.kind:number", e.g. "messages.variant:12"."""
    channel: str
    """The outlet's code: "www", "newsletter", "sms" …"""
    title: str
    text: str = ""
    is_crisis: bool = False


@dataclass(frozen=True)
class Hold:
    """Why it may not leave now, in words for the person, until when, and who may let it out all the same."""

    code: str
    words: Any
    until: datetime | None = None
    blocks: bool = True
    """False: it only warns and asks for a second person."""
    may_override: tuple[str, ...] = ()
    """Codes of the department's roles that may let it out with a reason, which is recorded."""


holds: Registry[Callable[[Outgoing, datetime], Hold | None]] = Registry("holds on what goes out")
"""name -> f(outgoing, at) giving the hold, or None when nothing stands in the way."""


def holds_on(outgoing: Outgoing, at: datetime) -> list[Hold]:
    """Every hold on that thing at that moment, the blocking ones first."""
    found = [hold for hold in (each(outgoing, at) for each in holds) if hold is not None]
    return sorted(found, key=lambda hold: not hold.blocks)
