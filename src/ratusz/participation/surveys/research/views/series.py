"""A series for everybody: its waves and each question compared over them, as page, CSV and XLSX."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_range
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.surveys.models import ResearchSeries, ResearchState
from ratusz.participation.surveys.research import comparing, papers, presentation, queries, reading
from ratusz.ui.parts import Link


def _found(slug: str) -> ResearchSeries:
    """A series with a published wave; 404 otherwise."""
    rows = ResearchSeries.objects.filter(cards__state=ResearchState.PUBLISHED).distinct()
    return get_object_or_404(rows, slug=slug)


def trends_of(series: ResearchSeries) -> list[comparing.Trend]:
    """What the published waves tell together."""
    return comparing.trends(reading.waves(series, database_now()), reading.said(series))


@never_cache
@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Waves, then each question over them: the picture and the table that says the same."""
    found = _found(slug)
    context = {
        "series": found, "trends": presentation.shown_trends(trends_of(found)),
        "waves": [(each, polish_range(each.starts_on, each.ends_on)) for each in queries.waves_of(found)],
        "crumbs": [Link(_("Opinion research"), reverse("research:register")), Link(found.title, "")],
    }  # fmt: skip
    return render(request, "surveys/research/series.html", context)


@require_safe
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The comparison as a table."""
    found = _found(slug)
    rows = papers.trend_rows(trends_of(found))
    if kind == "csv":
        return made_file("".join(csv_lines(rows)).encode(), CSV, f"porownanie-{found.slug}.csv")
    if kind == "xlsx":
        return made_file(papers.book_of(found.title, rows), XLSX, f"porownanie-{found.slug}.xlsx")
    raise Http404
