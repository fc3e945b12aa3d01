"""What other modules bring to editing: who is on duty, and kinds of things that may go out in a release set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.outgoing import Outgoing
from ratusz.foundation.kit.registries import Registry

duty_rosters: Registry[Callable[[Any, datetime], bool]] = Registry("rosters of duty")
"""name -> f(person, at): whether the person is on duty then, and so may publish alone for a recorded reason."""


@dataclass(frozen=True)
class ReleaseKind:
    """One kind of thing that may go out in a release set. `key` is the module's own text for one thing."""

    name: Any
    """In words, translated lazily: "a page"."""
    label: Callable[[str], str]
    """The title of one thing; raises LookupError when it is gone."""
    address: Callable[[str], str]
    """Where a member of staff mends it."""
    troubles: Callable[[str, datetime], list[tuple[str, str]]]
    """What it would lack at that moment: [(words, address)]; empty when it may go."""
    release: Callable[[str, Any, datetime], None]
    """f(key, person, at): lets it out inside the caller's transaction; raises on any failure, and then nothing goes out."""
    outgoing: Callable[[str, Any, int | None], Outgoing] | None = None
    """f(key, by, approved_by): the thing as those see it who may hold it back. `by` lets it out now, None: the program at its
    moment; `approved_by` is the number of whoever approved the set, None: nobody yet."""
    writers: Callable[[Collection[str]], Mapping[str, Collection[int]]] | None = None
    """f(keys): by key the numbers of those who wrote what would go out, where the set's approval is its only second pair of
    eyes; none of them approves the set. None: things of this kind have an approval of their own."""
    version: Callable[[str], str] | None = None
    """f(key): changes whenever what would go out changes, so that a set is not let out with anything its approver never saw.
    None: the key itself says it."""
    joins: Callable[[str], None] | None = None
    """f(key): locks the thing, so that it does not go out alone at this very moment, and raises NotNow when it may not wait."""
    preview: Callable[[str, Any], str] | None = None
    """f(key, request): an address of its preview for staff."""


release_kinds: Registry[ReleaseKind] = Registry("kinds of things in a release set")
