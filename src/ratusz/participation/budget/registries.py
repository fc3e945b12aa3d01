"""What budget's pages show of the rooms above it: projects and voting register here, budget imports neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from ratusz.foundation.kit.registries import Registry
from ratusz.participation.budget.models import Edition
from ratusz.ui.parts import Link

edition_links: Registry[Callable[[Edition, datetime], Iterable[Link]]] = Registry("links on the page of an edition's rules")
"""name -> f(edition, at) giving links to what the room has of that edition: all projects, the ballot, the log."""
