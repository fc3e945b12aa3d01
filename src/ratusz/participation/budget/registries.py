"""What budget's pages show of the rooms above it: projects and voting register here, budget imports neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry
from ratusz.participation.budget.models import Edition, EditionChange, PoolResult, Project
from ratusz.publishing.website.registries import PagePart
from ratusz.ui.parts import Link


@dataclass(frozen=True)
class BallotNote:
    """What a room above has to say of a ballot before it is frozen: a sentence, and where a member of staff sees to it."""

    words: str
    url: str


edition_deeds: Registry[Callable[[Edition, datetime], Iterable[Link]]] = Registry("what residents can do in an edition now")
"""name -> f(edition, at) giving the link to what a resident does and not only reads, before all other links: vote."""

edition_links: Registry[Callable[[Edition, datetime], Iterable[Link]]] = Registry("links on the page of an edition's rules")
"""name -> f(edition, at) giving links to what the room has of that edition: all projects, the ballot, the log."""

ballot_notes: Registry[Callable[[Edition], Iterable[BallotNote]]] = Registry("what is still open before a ballot is frozen")
"""name -> f(edition) giving what the room still has to do for the ballot, for the staff screen that freezes it."""

change_followers: Registry[Callable[[EditionChange], None]] = Registry("what follows an approved change of an edition")
"""name -> f(change), called in the transaction that carries the change out; NotPossible stops the change with its reason."""

edition_parts: Registry[Callable[[Edition, datetime], PagePart | None]] = Registry("parts of the page of an edition's results")
"""name -> f(edition, at) giving what the room tells of a published edition, or None."""

project_parts: Registry[Callable[[Project, datetime], PagePart | None]] = Registry("parts of the page of a project on the ballot")
"""name -> f(project, at) giving what became of it, or None."""

site_paths: Registry[str] = Registry("beginnings of paths that belong to the budget's own site")
"""A path without its language, registered as its own value: `site_paths.register("/glosuj/", "/glosuj/")`."""

result_listeners: Registry[Callable[[list[PoolResult], datetime], Any]] = Registry("listeners to published results")
"""name -> f(results, at), within the transaction that publishes them: the first of a pool and each later version."""
