"""What upper modules let people follow one by one: a project that is being built, a vote, a consultation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class Thing:
    """One thing that may be followed, as letters and pages name it. `url` is a path on the portal."""

    key: str
    """ "kind:number", such as "projects.delivery:12"."""
    title: str
    url: str


things: Registry[Callable[[int, datetime], Thing | None]] = Registry("things that are followed one by one")
"""Kind -> f(number, at) giving the thing while everybody may see it, else None."""
