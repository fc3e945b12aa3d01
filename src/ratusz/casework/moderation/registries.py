"""What upper modules bring to moderation: kinds of things that are judged, each known by a stable key "module.noun:number"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class Shown:
    """One thing as a moderator sees it. `label` and `where` name no private person: they stand in lists, letters and clocks."""

    label: str
    """"a comment under “New switchboard”"."""
    where: str
    """What stands around it, in words: the page or the thread."""
    words: str
    written_at: datetime
    url: str = ""
    author: Any = None
    """The author's account, or None."""
    author_name: str = ""
    author_address: str = ""
    """E-mail of an author without an account; "" when nobody can be written to."""
    unit: Any = None
    context: tuple[str, ...] = ()
    """What stands before and after, oldest first."""
    is_hidden: bool = False


@dataclass(frozen=True)
class JudgedKind:
    """How moderation shows and changes things of one kind. What a kind cannot do is None, and the deed is not offered.

    Each function that changes gets (thing, person) and is called in the transaction of the judgement; it writes its own record.
    """

    name: Any
    """In words, translated lazily: "comment in the intranet"."""
    find: Callable[[int], Any]
    """The thing by its number, or None when it is gone."""
    show: Callable[[Any], Shown]
    hide: Callable[[Any, Any], None]
    restore: Callable[[Any, Any], None]
    """Shows again what was hidden; without effect on what is not. Also lets out what waited to be published."""
    edit: Callable[[Any, Any, str], None] | None = None
    """(thing, person, words)."""
    lock: Callable[[Any, Any], None] | None = None
    """Nobody adds anything to the thread any more."""
    unlock: Callable[[Any, Any], None] | None = None
    may_judge: Callable[[Any, Any, datetime], bool] = lambda person, thing, at: True
    """f(person, thing, at): False for whoever is too near to it. The author and those who flagged it never judge it anyway."""

    def can(self, deed: str) -> bool:
        """Whether things of this kind know the deed."""
        needs = {"edit": self.edit, "ask": self.edit, "lock": self.lock and self.unlock}
        return bool(needs.get(deed, True))


rules_listeners: Registry[Callable[[], None]] = Registry("listeners to the public page of rules")
"""name -> f(), called in the transaction that changes what the public page of rules shows."""

judged_kinds: Registry[JudgedKind] = Registry("kinds of things that are judged")
"""Named "module.noun", the first part of the key: "intranet.comment" for "intranet.comment:12"."""
