"""Readings for tests: one that passes every gate, changed where a test needs a fault."""

from __future__ import annotations

from datetime import date
from typing import Any

from .reading import Passage, Reading


def make_reading(**fields: Any) -> Reading:
    """A short, good page; `fields` replace its own. Days fit tests at the end of November 2026."""
    given: dict[str, Any] = {
        "subject": "test:1", "kind": "test", "title": "Zimą punkt informacyjny działa dłużej",
        "lead": "Od grudnia przyjdziesz do nas także w sobotę.",
        "passages": (Passage("Punkt jest otwarty od 8 do 16."), Passage("Dojazd", "heading", 2), Passage("Tramwaj staje obok.")),
        "owner_unit": "KS", "contact": "komunikacja@ratusz.example", "review_date": date(2027, 6, 1), "edit_url": "/admin/test/1/",
    }  # fmt: skip
    return Reading(**given | fields)
