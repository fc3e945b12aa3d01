"""The kit for authors of an edition: a page, a PDF, a DOCX and a poster, all of one source."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ratusz.casework.documents.blocks import plain
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.participation.budget import presentation
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import author_kit
from ratusz.participation.projects.views.lists import TYPES


@require_safe
def page(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """The kit to read on the screen, with its downloads."""
    edition = _edition(edition_slug)
    made = author_kit.document(edition)
    context = {
        "edition": edition, "made": made, "blocks": plain(made), "crumbs": presentation.crumbs(),
        "start": reverse("projects:start", args=[edition.slug]),
    }  # fmt: skip
    return render(request, "projects/author_kit.html", context)


@require_safe
def download(request: HttpRequest, edition_slug: str, form: str) -> HttpResponse:
    """The same on paper, to be changed in a text program, or as a poster for a notice board."""
    edition = _edition(edition_slug)
    if form == "plakat":
        return _file(author_kit.poster(edition), "pdf", f"plakat-{edition.slug}")
    makers = {"pdf": pdf_of_document, "docx": docx_of_document}
    if form not in makers:
        raise Http404
    return _file(makers[form](author_kit.document(edition)), form, f"zestaw-dla-autorow-{edition.slug}")


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _edition(slug: str) -> Edition:
    """An opened edition, or one that came before calendars were kept here."""
    return get_object_or_404(Edition.objects.exclude(opened_at=None), slug=slug)
