"""Reads for the data-protection officer: the register of processing as it follows from the code."""

from __future__ import annotations

from dataclasses import dataclass

from ratusz.foundation.kit.registries import personal_data
from ratusz.foundation.people.sheet_words import word_for, word_of


@dataclass(frozen=True)
class Processing:
    """One line of the register of processing (art. 30 RODO)."""

    what: str
    fields: str
    purpose: str
    basis: str
    kept: str
    model: str
    stays: str = ""
    """What is left after an erasure, and why."""


def register_of_processing() -> list[Processing]:
    """All models with personal data, by name."""
    lines = []
    for name, entry in sorted(personal_data.items()):
        fields = ", ".join(word_for(entry.model, field) for field in entry.fields)
        facts = (word_of(entry.model), fields, str(entry.purpose), entry.legal_basis, str(entry.retention), name)
        lines.append(Processing(*facts, stays=str(entry.kept_because)))
    return lines
