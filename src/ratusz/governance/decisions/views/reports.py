"""The report by units or districts as a page, PDF and XLSX, and the sheet "what we promised"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.documents.xlsx import xlsx_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.governance.decisions import queries, reports_made
from ratusz.governance.decisions.forms import BoardFilter, ReportFilter
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.views.staff import check

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Units or districts in their own order: nobody is ranked."""
    at = database_now()
    check(request, "see_all", None, at)
    form = ReportFilter(request.GET)
    year, by = form.chosen()
    tables = [
        {"caption": each.caption, "columns": each.columns, "rows": [list(zip(each.columns, row, strict=True)) for row in each.rows]}
        for each in reports_made.tables(by, year, at)
    ]
    context = {
        "form": form, "tables": tables, "title": reports_made.title(year), "query": request.GET.urlencode(),
        "shown": queries.figures(queries.of_year(Decision.objects.shown(), year), at)[0], "day": polish_date(at),
    }  # fmt: skip
    return render(request, "decisions/staff/report.html", context)


@require_safe
def report_pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper."""
    at = database_now()
    check(request, "see_all", None, at)
    year, by = ReportFilter(request.GET).chosen()
    return _file(pdf_of_document(reports_made.document(by, year, at)), "application/pdf", "raport-ustalen.pdf")


@require_safe
def report_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, with the decisions behind it."""
    at = database_now()
    check(request, "see_all", None, at)
    year, by = ReportFilter(request.GET).chosen()
    content = xlsx_of(reports_made.title(year), reports_made.sheets(by, year, at))
    return _file(content, XLSX, "raport-ustalen.xlsx")


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """ "What we promised", narrowed as the board is; only what everybody may see."""
    at = database_now()
    check(request, "see", None, at)
    rows = queries.filtered(Decision.objects.shown(), BoardFilter(request.GET).chosen(), at)
    decisions = queries.for_list(queries.in_order(rows, at))[:1000]
    document = reports_made.promises(decisions, at, _("As of %(day)s") % {"day": polish_date(at)})
    return _file(pdf_of_document(document), "application/pdf", "co-obiecalismy.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
