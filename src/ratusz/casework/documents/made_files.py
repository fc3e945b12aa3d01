"""A document as a file of the kind that was asked for: PDF, or DOCX to be changed before it is sent."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse

from ratusz.casework.documents.blocks import Document
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.made_files import DOCX, made_file

RENDERED: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "pdf": (pdf_of_document, "application/pdf"),
    "docx": (docx_of_document, DOCX),
}


def document_file(document: Document, kind: str, stem: str) -> HttpResponse:
    """The answer that downloads the document as `stem`.`kind`, "pdf" or "docx". Raises Http404 for another kind, DocumentError."""
    if kind not in RENDERED:
        raise Http404
    rendered, media_type = RENDERED[kind]
    return made_file(rendered(document), media_type, f"{stem}.{kind}")
