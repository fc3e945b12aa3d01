"""A topic to take along: its shown comments as CSV, or as a document for the report."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.made_files import CSV, DOCX, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.forum import papers
from ratusz.participation.forum.models import Topic
from ratusz.participation.forum.views.staff.deeds import check


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What everybody reads in a topic, in one file. The taking is recorded."""
    at = check(request, "export")
    topic = get_object_or_404(Topic.objects.select_related("category", "unit", "consultation"), pk=pk)
    name = f"pks-{topic.slug}.{kind}"
    if kind not in ("csv", "pdf", "docx"):
        raise Http404
    record(deed="forum.export", subject=topic, after={"kind": kind}, actor=request.user)
    if kind == "csv":
        return made_file("".join(csv_lines(papers.csv_rows(topic))).encode(), CSV, name)
    document = papers.document_of(topic, at)
    if kind == "pdf":
        return made_file(pdf_of_document(document), "application/pdf", name)
    return made_file(docx_of_document(document), DOCX, name)
