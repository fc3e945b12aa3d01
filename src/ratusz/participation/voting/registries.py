"""What other modules plug into a vote: ways to know a voter, and what stands beside projects on the ballot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class IdentityAdapter:
    """One way to know a voter. Its own pages end in `identity.admit(request, vote, proof, language)`, whose answer they give back.

    No adapter asks for the mother's maiden name, and none keeps PESEL or an address once the proof is made.
    """

    name: Any
    """In words, translated lazily."""
    first_page: Callable[[Any, str], str]
    """(vote, language) -> the address where the voter begins."""
    asks_for: Any = ""
    """What one has to have at hand, in a sentence, translated lazily."""
    stop: Callable[[], str] = lambda: ""
    """Why no vote can be prepared with it now, in a sentence for staff; "" when it can."""


identity_adapters: Registry[IdentityAdapter] = Registry("ways to know a voter")
"""Named as `Vote.identity` has it: address, node, pesel, letter, desk …"""


@dataclass(frozen=True)
class OtherWay:
    """A way in beside the one the rules name: number and code, a declaration. `is_open(vote)` says whether this vote has it."""

    name: Any
    """In words, translated lazily."""
    first_page: Callable[[Any, str], str]
    is_open: Callable[[Any], bool]


other_ways: Registry[OtherWay] = Registry("ways in beside the one the rules name")
"""Shown under the button on the first page of a vote."""

exclusion_sources: Registry[Callable[[Any], Iterable[tuple[str, ...]]]] = Registry("projects that exclude one another")
"""name -> f(edition) giving groups of numbers of which at most one is carried out."""
