"""Letters of a project as PDF, for authors who get them on paper and for the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ratusz.casework.documents.blocks import Document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.projects import papers, queries
from ratusz.participation.projects.models import Application, Call, Stage
from ratusz.participation.projects.views.staff import check


@require_safe
def letter(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The letter of a call ("wezwanie-12"), or of a check's result ("formal", "substantive")."""
    check(request, "read_people", database_now())
    application = get_object_or_404(Application.objects.submitted().select_related("edition"), pk=pk)
    answer = HttpResponse(pdf_of_document(_document(application, what)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{application.slug}-{what}.pdf"'
    return answer


def _document(application: Application, what: str) -> Document:
    if what in Stage.values:
        step = queries.result_of(application, what)
        if step is None:
            raise Http404
        return papers.result_letter(step, what)
    call = Call.objects.filter(application=application, pk=plain_number(what.removeprefix("wezwanie-")) or 0).first()
    if call is None:
        raise Http404
    return papers.call_letter(call)
