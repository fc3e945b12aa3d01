"""Sheets of tables, such as what we hold about a person, as accessible PDF: any lower module prints through the registry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ratusz.casework.documents.pdf import pdf_of

TEMPLATE = Path(__file__).parent / "typst" / "sheets.typ"


def pdf_of_sheets(content: dict[str, Any]) -> bytes:
    """Title, subtitle, footer and sections (heading, note, columns, rows of texts) as PDF/UA-1; raises DocumentError."""
    return pdf_of(TEMPLATE, content)
