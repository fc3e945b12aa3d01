"""Reads for the data-protection officer: the register of processing as it follows from the code."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from ratusz.foundation.kit.registries import personal_data


@dataclass(frozen=True)
class Processing:
    """One line of the register of processing (art. 30 RODO)."""

    what: str
    fields: str
    purpose: str
    basis: str
    kept: str
    model: str


def register_of_processing() -> list[Processing]:
    """All models with personal data, by name."""
    lines = []
    for name, entry in sorted(personal_data.items()):
        meta = apps.get_model(entry.model)._meta
        fields = ", ".join(str(getattr(meta.get_field(field), "verbose_name", field)) for field in entry.fields)
        lines.append(
            Processing(str(meta.verbose_name_plural), fields, str(entry.purpose), entry.legal_basis, entry.retention, name)
        )
    return lines
