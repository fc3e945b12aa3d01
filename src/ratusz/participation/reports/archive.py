"""Papers of a report's case, and who reads its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ratusz.casework.documents.registries import Paper
from ratusz.participation.reports import rules
from ratusz.participation.reports.models import VersionFile


def papers(subject: str) -> Iterator[Paper]:
    """Every file of every published version, one after another."""
    report = subject.rpartition(":")[2]
    chosen = VersionFile.objects.filter(version__report=report).exclude(version__published_at=None)
    for file in chosen.select_related("version").order_by("version__number", "pk").iterator(chunk_size=1):
        name = f"wersja-{file.version.number}-{file.name}"
        moment = file.version.published_at or file.version.begun_at
        yield Paper(name, f"{file.version}: {file.title}", file.media_type, bytes(file.content), moment, is_public=True)


def may_see(person: Any, subject: str, at: datetime) -> bool:
    return rules.may(person, "see", None, at)


def may_read(person: Any, file: Any, at: datetime) -> bool:
    """Annexes and proofs: whoever sees reports."""
    return rules.may(person, "see", None, at)
