"""Which mailboxes are read and for whom: modules say what they do with letters, the settings say where the mailboxes stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class Mailbox:
    """What a module does with the letters of its mailbox. Named like its entry in settings.RATUSZ_MAILBOXES."""

    name: Any
    """In words, translated lazily: "remarks by e-mail"."""
    file_purpose: str
    """The purpose under which attachments are checked and kept; they may be handed on within it."""
    may: Callable[[Any, str, Any, datetime], bool]
    """f(person, deed, letter, at): who may `read` and `settle` a letter."""
    heard: Callable[[Any], None] = lambda letter: None
    """f(letter), in the transaction that keeps it: the module looks whose matter it is, and may set it apart."""
    past: Callable[[datetime], Any] | None = None
    """f(at): the letters (a QuerySet) whose time of keeping is over."""


mailboxes: Registry[Mailbox] = Registry("mailboxes that are read")
