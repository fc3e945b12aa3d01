"""Results of an agency: the empty table, the look before, the bringing in, earlier versions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys.models import ResearchCard, ResearchState
from ratusz.participation.surveys.research import actions, papers, results_file, rules
from ratusz.participation.surveys.research.forms import ResultsForm
from ratusz.participation.surveys.research.views.staff import card_for, check
from ratusz.participation.surveys.rules import NotYours

SHOWN = 200


@require_safe
def pattern(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty table that an agency fills in."""
    check(request, "see")
    rows = results_file.pattern()
    if kind == "csv":
        return made_file("".join(csv_lines(rows)).encode(), CSV, "wyniki-badania-wzor.csv")
    if kind == "xlsx":
        return made_file(papers.book_of(_("Results of the research"), iter(rows)), XLSX, "wyniki-badania-wzor.xlsx")
    raise Http404


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """A table is looked at, then brought in; with one fault nothing is written."""
    found, at = card_for(request, pk, "see")
    deed = "draft" if found.state == ResearchState.DRAFT else "publish"
    may_bring = rules.may(request.user, deed, found, at) and found.state != ResearchState.WITHDRAWN and found.survey_id is None
    form = ResultsForm(*((request.POST, request.FILES) if request.method == "POST" else (None,)), label_suffix="")
    looked = None
    if form.is_valid():
        try:
            looked = _brought(request, found, form.cleaned_data["file"])
            if looked.made is not None:
                words = _("The results are brought in as version %(number)s: %(rows)s rows.")
                messages.success(request, words % {"number": looked.made.number, "rows": looked.rows})
                return redirect("research_results", pk)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ResearchRefused as refusal:
            form.add_error("file", str(refusal))
    context = {
        "card": found, "form": form, "may_bring": may_bring, "looked": looked, "faults": looked.faults[:SHOWN] if looked else [],
        "versions": found.results.select_related("brought_by").order_by("-number"), "columns": ", ".join(results_file.COLUMNS),
        "shown": looked.questions[:SHOWN] if looked else [],
    }  # fmt: skip
    return render(request, "surveys/research/staff/results.html", context)


def _brought(request: HttpRequest, card: ResearchCard, upload: Any) -> actions.Brought:
    rules.check_size(upload.size)
    only_look = request.POST.get("deed") != "bring"
    return actions.bring_results(card=card, content=upload.read(), name=upload.name or "", person=request.user, only_look=only_look)


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What one version brought, as a workbook."""
    found, _at = card_for(request, pk, "see")
    kept = get_object_or_404(found.results, number=number)
    rows = results_file.rows_of(kept.content["questions"])
    return made_file(papers.book_of(found.title, rows), XLSX, f"badanie-{found.slug}-wersja-{number}.xlsx")
