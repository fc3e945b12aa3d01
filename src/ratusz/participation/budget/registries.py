"""What budget's pages show of the rooms above it: projects and voting register here, budget imports neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from ratusz.foundation.kit.registries import Registry
from ratusz.participation.budget.models import Edition, EditionChange
from ratusz.ui.parts import Link


@dataclass(frozen=True)
class BallotNote:
    """What a room above has to say of a ballot before it is frozen: a sentence, and where a member of staff sees to it."""

    words: str
    url: str


edition_links: Registry[Callable[[Edition, datetime], Iterable[Link]]] = Registry("links on the page of an edition's rules")
"""name -> f(edition, at) giving links to what the room has of that edition: all projects, the ballot, the log."""

ballot_notes: Registry[Callable[[Edition], Iterable[BallotNote]]] = Registry("what is still open before a ballot is frozen")
"""name -> f(edition) giving what the room still has to do for the ballot, for the staff screen that freezes it."""

change_followers: Registry[Callable[[EditionChange], None]] = Registry("what follows an approved change of an edition")
"""name -> f(change), called in the transaction that carries the change out; NotPossible stops the change with its reason."""
