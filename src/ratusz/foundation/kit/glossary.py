"""The glossary: English words of the code beside the Polish words of the Office; its one source is glossary.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ratusz.foundation.kit.words import polish_sort_key, slug


@dataclass(frozen=True)
class Term:
    """One idea. `meaning` and `not_to_confuse` are plain Polish sentences; the latter may be empty."""

    english: str
    polish: str
    meaning: str
    not_to_confuse: str = ""

    @property
    def slug(self) -> str:
        """What its address and its anchor end with."""
        return slug(self.polish)


@lru_cache
def terms() -> tuple[Term, ...]:
    """All terms in Polish order."""
    entries = tomllib.loads((files(__package__) / "glossary.toml").read_text(encoding="utf-8"))["term"]
    return tuple(sorted((Term(**entry) for entry in entries), key=lambda term: polish_sort_key(term.polish)))
