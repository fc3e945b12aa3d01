"""What upper modules bring to moderation: kinds of things and of places, known by keys "module.noun:number"; answers owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    place: str = ""
    """Key of the place it stands in, as place_kinds knows it: whoever moderates there judges it."""
    sent_lately: int = 0
    """How many other things the author sent in the last ten minutes that never came here, where their module knows."""
    reply_to: Any = None
    """The account whose words this answers: that person never judges it."""
    files: tuple[Any, ...] = ()
    """Stored files that stand beside it: whoever judges it opens them first."""


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
    move: Callable[[Any, Any, str], None] | None = None
    """(thing, person, key of the place): it stands there from now on."""
    may_move_to: Callable[[Any], Iterable[tuple[str, str]]] = lambda thing: ()
    """f(thing): keys and names of the places it may be moved to."""
    suspends: bool = False
    """Whether its module asks queries.suspension_of before it takes words in, so that an author can be suspended."""
    may_judge: Callable[[Any, Any, datetime], bool] = lambda person, thing, at: True
    """f(person, thing, at): False for whoever is too near to it. The author and those who flagged it never judge it anyway."""

    def can(self, deed: str) -> bool:
        """Whether things of this kind know the deed."""
        needs = {
            "edit": self.edit, "ask": self.edit, "lock": self.lock and self.unlock, "move": self.move, "suspend": self.suspends
        }  # fmt: skip
        return bool(needs.get(deed, True))


rules_listeners: Registry[Callable[[], None]] = Registry("listeners to the public page of rules")
"""name -> f(), called in the transaction that changes what the public page of rules shows."""

judged_kinds: Registry[JudgedKind] = Registry("kinds of things that are judged")
"""Named "module.noun", the first part of the key: "intranet.comment" for "intranet.comment:12"."""


@dataclass(frozen=True)
class Place:
    """Where people write: one topic, one consultation. `key` is stable: "forum.topic:12"."""

    key: str
    name: str
    unit: Any = None
    """The unit whose head appoints moderators here; None: the department."""
    url: str = ""
    ends_at: datetime | None = None
    """When writing ends here, and with it the rights of moderators from outside."""
    default_mode: str = "post"
    """post, pre or hybrid, until somebody sets another."""


@dataclass(frozen=True)
class PlaceKind:
    """Places of one kind, for appointing moderators and setting how they publish."""

    name: Any
    find: Callable[[int], Place | None]
    """The place by its number, or None when it is gone."""
    current: Callable[[datetime], Iterable[Place]]
    """f(at): those in which people write now or soon."""


place_kinds: Registry[PlaceKind] = Registry("kinds of places where people write")
"""Named "module.noun", the first part of the key: "forum.topic" for "forum.topic:12"."""


@dataclass(frozen=True)
class OwedAnswer:
    """An answer that a unit owes to people who wrote, for the agenda of the moderators' meeting."""

    key: str
    title: str
    unit: str = ""
    due: str = ""
    is_late: bool = False
    url: str = ""


owed_answers: Registry[Callable[[datetime], Iterable[OwedAnswer]]] = Registry("answers that units owe")
"""name -> f(at)."""
