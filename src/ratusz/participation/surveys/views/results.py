"""Results for everybody, once the survey is over and its paper cards are typed: page, open data, document to print."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_end
from ratusz.foundation.kit.made_files import CSV, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.notes import selection_note
from ratusz.participation.surveys.research.queries import card_of_survey
from ratusz.participation.surveys.results import files, papers, reading
from ratusz.participation.surveys.results.presentation import shown_groups


def _over(slug: str) -> Survey:
    """The survey whose results anybody may see; 404 otherwise."""
    found = get_object_or_404(Survey.objects.public().select_related("unit"), slug=slug)
    if not reading.are_public(found, database_now()):
        raise Http404
    return found


@never_cache
@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question as a table, groups apart; beside them who answered and what the numbers are not."""
    survey = _over(slug)
    found = reading.results(survey)
    context = {
        "survey": survey, "groups": shown_groups(found), "note": selection_note(survey, sum(each.answers for each in found)),
        "card": card_of_survey(survey), "opened": polish_date(survey.opens_at), "ended": polish_end(survey.ends_at),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "surveys/results.html", context)


@require_safe
def open_data(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The same tables as CSV: no single answer, no times, no order of rows."""
    survey = _over(slug)
    found = reading.results(survey)
    rows = files.open_data(found, selection_note(survey, sum(each.answers for each in found)))
    answer = StreamingHttpResponse((line.encode() for line in csv_lines(rows)), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="wyniki-{survey.slug}.csv"'
    return answer


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The same to print."""
    survey = _over(slug)
    return made_file(pdf_of_document(papers.document_of(survey)), "application/pdf", f"wyniki-{survey.slug}.pdf")
