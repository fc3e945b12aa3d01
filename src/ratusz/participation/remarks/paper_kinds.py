"""How papers of a kind of form are typed: upper modules bring kinds whose papers hold something else than remarks."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class PaperKind:
    """What is on such a paper. `facts` are names of what is typed."""

    facts: tuple[str, ...]
    typing_form: Callable[..., Any]
    """f(paper, data, initial) -> the form to type into, with the fields named in `facts`."""
    check: Callable[[Any, dict[str, str]], None]
    """f(paper, facts) raises RemarkRefused for what cannot be on it."""
    plain: Callable[[dict[str, str]], Hashable]
    """What two typings must have in common to be alike."""
    take_in: Callable[[Any, dict[str, str], list[Any]], Any]
    """f(paper, facts, clerks) -> the intake; in the transaction of the last typing, `clerks` in the order they typed."""
    shown: Callable[[Any, dict[str, str]], list[str]]
    """f(paper, facts) -> lines of one typing, for whoever settles two different ones."""


paper_kinds: Registry[PaperKind] = Registry("kinds of papers that come back")
"""Named by the kind of the form: "remarks", "ballot"."""
