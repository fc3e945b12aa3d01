"""Topics that a message may be about: a module above, which has their table, offers them as numbers with names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from ratusz.foundation.kit.registries import Registry

topic_lists: Registry[Callable[[Collection[int]], Iterable[tuple[int, str]]]] = Registry("topics that messages choose from")
"""name -> f(chosen): number and name of each topic in use, and of those chosen before that are in use no more."""


def topics_to_choose(chosen: Collection[int] = ()) -> list[tuple[int, str]]:
    """All of them, as a form offers them."""
    return [topic for offered in topic_lists for topic in offered(chosen)]
