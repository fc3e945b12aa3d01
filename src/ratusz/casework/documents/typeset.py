"""A document of blocks as accessible PDF, with the first signs of its hash and the QR of its page."""

from __future__ import annotations

import io
from pathlib import Path

import segno
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Document, Table, plain, printed_mark
from ratusz.casework.documents.pdf import pdf_made_apart, pdf_of

TEMPLATE = Path(__file__).parent / "typst" / "blocks.typ"
MOST_ROWS_HERE = 300
"""Rows of tables in one document; a longer one is typeset in a process of its own."""


def pdf_of_document(document: Document) -> bytes:
    """PDF/UA-1 and PDF/A-2a in one; the same document gives the same text. Raises DocumentError."""
    content = {
        "title": document.title, "subtitle": document.subtitle, "language": document.language, "footer": document.footer,
        "blocks": plain(document), "size": document.size, "address": document.address, "address_words": document.address_words,
        "fingerprint": printed_mark(document), "qr": _qr(document.address),
        "qr_alt": _("QR code of the page %(address)s") % {"address": document.address},
    }  # fmt: skip
    is_long = sum(len(block.rows) for block in document.blocks if isinstance(block, Table)) > MOST_ROWS_HERE
    return (pdf_made_apart if is_long else pdf_of)(TEMPLATE, content)


def _qr(address: str) -> str:
    if not address:
        return ""
    target = io.BytesIO()
    segno.make(address, error="m").save(target, kind="svg", xmldecl=False, border=2)
    return target.getvalue().decode()
