"""What may hold back a thing on its way out: a plain registry that every outgoing module asks and upper modules fill.

Elections mode (coordination/calendar) is the first to fill it; channels and pages only ask. Who merely shows what stands in the way
asks `holds_on`; who is about to send calls `hold_back`, so that what was held is on record and returns for a fresh decision.
"""

from __future__ import annotations

import hashlib
import json
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
    is_voter_information: bool = False
    """Plain information for voters: where and how to vote, nothing about who stands."""
    second_person: bool = False
    """Somebody other than the author has approved exactly this."""
    by: Any = None
    """The person who sends it now; None: the program, at a moment set before."""
    url: str = ""
    """Where staff look at it and change it."""
    content: str = ""
    """A digest of all that leaves, where title and text are not everything (pictures, links, files)."""

    @property
    def fingerprint(self) -> str:
        """A digest of what leaves: a decision about one text is none about another of the same subject."""
        return hashlib.sha256(json.dumps([self.title, self.text, self.content], ensure_ascii=False).encode()).hexdigest()


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


attempt_listeners: Registry[Callable[[Outgoing, list[Hold], datetime], None]] = Registry("listeners to what tries to leave")
"""name -> f(outgoing, holds, at), called when something is about to leave: with what holds it, or with nothing when it goes."""

override_listeners: Registry[Callable[[Outgoing, Any, str, datetime], None]] = Registry("listeners to overrides")
"""name -> f(outgoing, person, reason, at), called when somebody whom a hold names lets the thing out."""

decision_listeners: Registry[Callable[[str, str, datetime], None]] = Registry("listeners to decisions about held things")
"""name -> f(subject, decision, at), decision "released" or "dropped": its owner lets it go or takes it off the queue."""


def hold_back(outgoing: Outgoing, at: datetime) -> list[Hold]:
    """What `holds_on` finds, for whoever is about to send: listeners keep what was held, and note what leaves after all.

    Call it inside the transaction that keeps the thing in the house or lets it go.
    """
    found = holds_on(outgoing, at)
    for listen in attempt_listeners:
        listen(outgoing, found, at)
    return found


def stopping(holds: list[Hold], outgoing: Outgoing) -> list[Hold]:
    """The holds that stop it: those that block, and those that ask for a second person while there was none."""
    return [hold for hold in holds if hold.blocks or not outgoing.second_person]


def tell_override(outgoing: Outgoing, person: Any, reason: str, at: datetime) -> None:
    """Tells that the person lets it out with a reason; the caller has checked that every hold names a role of theirs."""
    for listen in override_listeners:
        listen(outgoing, person, reason, at)


def tell_decision(subject: str, decision: str, at: datetime) -> None:
    """Tells whoever owns the subject what was decided about it after it was held."""
    for listen in decision_listeners:
        listen(subject, decision, at)
