"""The same questions on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.participation.surveys import papers, queries, rules
from ratusz.participation.surveys.views.speaking import survey_of


@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The paper twin of the version in force, to print; `?jezyk=` chooses its language."""
    survey = survey_of(slug)
    language = rules.language_of(survey, request.GET.get("jezyk", "pl"))
    content = pdf_of_document(papers.paper_of(queries.version_in_force(survey), language))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="ankieta-{survey.slug}-{language}.pdf"'
    return answer
