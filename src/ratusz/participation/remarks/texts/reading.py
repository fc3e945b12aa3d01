"""A checked file as passages: DOCX by its styles, PDF by its lines; each opened in a process of its own."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from ratusz.casework.documents.word import paragraphs_of
from ratusz.foundation.files.inspection.apart import open_apart
from ratusz.foundation.files.rules import FileRefused
from ratusz.participation.remarks.texts.pieces import Piece, Read, pieces

WORD = "ratusz.casework.documents.word:converted"
PDF = "ratusz.participation.remarks.texts.pdf_text:converted"
MOST_PASSAGES = 3000
PDF_SECONDS = 60
"""A plan of three hundred pages takes some ten."""


def passages_of(kind: str, data: bytes) -> list[Piece]:
    """Passages of a file of kind "docx" or "pdf". Raises FileRefused: damaged, a scan, empty, too long."""
    found = pieces(_word(data) if kind == "docx" else _pdf(data))
    if not found:
        raise FileRefused(_("There is no text in this document. Send a file with words in it."), code="empty")
    if len(found) > MOST_PASSAGES:
        raise FileRefused(_("This document has more than three thousand passages. Send it in parts."), code="too_long")
    return found


def _word(data: bytes) -> list[Read]:
    """Headers and footers are no part of the text."""
    made = json.loads(open_apart(WORD, data))
    return [Read(each.text, each.style) for each in paragraphs_of(made) if each.style != "edge"]


def _pdf(data: bytes) -> list[Read]:
    return [Read(text, style) for text, style in json.loads(open_apart(PDF, data, seconds=PDF_SECONDS))]
