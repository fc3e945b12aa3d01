"""Cases for tests and the demo: a kind of case whose papers stand in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from ratusz.casework.documents.actions import open_case
from ratusz.casework.documents.models import Case
from ratusz.casework.documents.registries import CaseKind, Paper, case_kinds
from ratusz.foundation.units.factories import UnitFactory

MADE = datetime(2026, 9, 15, 10, tzinfo=UTC)


def paper(name: str = "protokol.txt", content: bytes = b"Dzien dobry") -> Paper:
    """One small file."""
    return Paper(name, "Protokół", "text/plain", content, MADE, is_public=True)


@contextmanager
def kind_of_cases(*papers: Paper, plan_class: str = "0610") -> Iterator[list[Paper]]:
    """Registers "try.case" for a while; the list may be changed meanwhile."""
    kept = list(papers)
    case_kinds.register("try.case", CaseKind("Próba", plan_class, lambda subject: list(kept)))
    try:
        yield kept
    finally:
        case_kinds._entries.pop("try.case")


def case_of(subject: str = "try:1", **facts) -> Case:
    """A case of "try.case" in a unit with the symbol KS."""
    from ratusz.foundation.units.models import Unit

    unit = Unit.objects.filter(short_name="KS").first() or UnitFactory(short_name="KS", name="Wydział Komunikacji Społecznej")
    return open_case(**({"kind": "try.case", "subject": subject, "title": "Konferencja prasowa", "unit": unit} | facts))
