"""What the analysis was set to and which versions made it; kept beside every result, so that it can be repeated."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from ratusz.foundation.kit import lemmas

VERSION = 1
"""Of the rules in this folder; raise it when the same remarks may give another result."""


@dataclass(frozen=True)
class Parameters:
    """Every number of the analysis. All are our defaults (consultations.md section 15), none is law."""

    shingle_words: int = 5
    least_likeness: float = 0.8
    """Jaccard index of two near copies."""
    bands: int = 25
    rows: int = 5
    """Of the MinHash table: at the index of 0.8 a pair is missed once in twenty thousand."""
    least_shared: int = 8
    """Shingles that two letters of one template share: twelve words in a row, or more in pieces."""
    least_contained: float = 0.35
    """The part of the shorter letter's shingles that the template makes up."""
    least_letters: int = 3
    letter_words: int = 400
    """Words from the beginning of a text that are compared with other letters."""
    dimensions: int = 60
    most_topics: int = 40
    seed: int = 20260101


def kept(parameters: Parameters) -> dict[str, Any]:
    """Parameters and versions as they lie beside a result."""
    made_by = {name: version(name) for name in ("scikit-learn", "numpy", "morfeusz2")}
    return asdict(parameters) | {"version": VERSION, "lemmas": lemmas.VERSION, **made_by}
