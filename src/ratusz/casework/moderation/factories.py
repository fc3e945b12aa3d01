"""Things to judge for tests: a kind of its own whose things live in the memory of the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ratusz.casework.moderation import actions
from ratusz.casework.moderation.models import Item
from ratusz.casework.moderation.registries import JudgedKind, Place, PlaceKind, Shown
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User

NAME = "test.post"
PLACE = "test.thread"


def place(number: str) -> str:
    """The key of a made-up place."""
    return f"{PLACE}:{number}"


@dataclass
class Post:
    """A made-up post."""

    number: int
    words: str = "Tylko idiota mógł to wymyślić."
    author: User | None = None
    address: str = ""
    is_hidden: bool = False
    is_locked: bool = False
    is_gone: bool = False
    place: str = ""
    reply_to: User | None = None
    written_at: datetime = field(default_factory=database_now)


class Posts:
    """The posts of one test, and the kind that moderation knows them by."""

    def __init__(self) -> None:
        self.made: dict[int, Post] = {}
        self.friends: set[int] = set()
        """Numbers of accounts that may not judge."""
        self.kind = JudgedKind(
            name="wpis próbny", find=self.find, show=self.show, hide=self._set("is_hidden", True),
            restore=self._set("is_hidden", False), edit=self.edit, lock=self._set("is_locked", True),
            unlock=self._set("is_locked", False), move=self.move, may_move_to=lambda post: [(place("2"), "drugi wątek próbny")],
            suspends=True, may_judge=lambda person, thing, at: person.pk not in self.friends,
        )  # fmt: skip

    def write(self, **facts: Any) -> Post:
        number = len(self.made) + 1
        self.made[number] = Post(number, **facts)
        return self.made[number]

    def find(self, number: int) -> Post | None:
        found = self.made.get(number)
        return None if found is None or found.is_gone else found

    @staticmethod
    def show(post: Post) -> Shown:
        return Shown(
            label=f"wpis {post.number} w wątku próbnym", where="wątek próbny", words=post.words, written_at=post.written_at,
            url="/watek/", author=post.author, author_address=post.address, context=("Co myślicie?",), is_hidden=post.is_hidden,
            place=post.place, reply_to=post.reply_to,
        )  # fmt: skip

    @staticmethod
    def edit(post: Post, person: Any, words: str) -> None:
        post.words = words

    @staticmethod
    def move(post: Post, person: Any, target: str) -> None:
        post.place = target

    @staticmethod
    def _set(name: str, value: bool) -> Any:
        return lambda post, person: setattr(post, name, value)

    def in_queue(self, post: Post | None = None, **facts: Any) -> Item:
        """A post put in the queue."""
        return actions.put_in_queue(thing=f"{NAME}:{(post or self.write()).number}", **facts)


class Threads:
    """The places of one test, and their kind."""

    def __init__(self) -> None:
        self.made: dict[int, Place] = {}
        self.kind = PlaceKind(name="wątki próbne", find=self.made.get, current=lambda at: list(self.made.values()))

    def open(self, number: int = 1, **facts: Any) -> Place:
        """A made-up place, or its changed facts."""
        self.made[number] = Place(key=place(str(number)), name=f"wątek próbny {number}", url="/watek/", **facts)
        return self.made[number]
