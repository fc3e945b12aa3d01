"""Pages of everybody: the register with its files, one initiative with its draft, the committee's notice to print."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.initiatives import papers, queries, supporting, terms
from ratusz.participation.initiatives.forms import RegisterFilter
from ratusz.participation.initiatives.guide import guide_card
from ratusz.participation.initiatives.models import Initiative
from ratusz.ui.parts import Cell, Column, Link

PAGE, MOST = 30, 5_000


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All initiatives, narrowed."""
    form = RegisterFilter(request.GET)
    page = Paginator(queries.register(form.chosen()), PAGE).get_page(request.GET.get("strona"))
    columns = [
        Column("number", _("Number")),
        Column("title", _("Title of the draft resolution"), is_heading=True),
        Column("state", _("State of the initiative")),
        Column("registered", _("Day of registration")),
    ]
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
        "form": form, "page": page, "columns": columns, "rows": [_row(each) for each in page], "query": query.urlencode(),
        "needed": terms.term("signatures_needed", database_now()), "guide": guide_card(),
    }  # fmt: skip
    return render(request, "initiatives/register.html", context)


def _row(mine: Initiative) -> dict[str, Any]:
    return {
        "number": mine.number, "title": Cell(mine.title, url=mine.get_absolute_url()),
        "state": str(mine.get_state_display()), "registered": page_dates.day(mine.registered_at),
    }  # fmt: skip


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The register of a filter as a table."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = queries.register(RegisterFilter(request.GET).chosen())[:MOST]
    if kind == "csv":
        return made_file("".join(csv_lines([papers.columns(), *papers.rows(found)])).encode(), CSV, "inicjatywy.csv")
    return made_file(papers.workbook(found), XLSX, "inicjatywy.xlsx")


def _found(slug: str) -> Initiative:
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative: its draft, where to sign, where it stands, what happened."""
    mine, at = _found(slug), database_now()
    due, standing = queries.agenda_due(mine), supporting.standing(mine)
    context = {
        "mine": mine, "standing": standing, "collects": mine.state in supporting.COLLECTING,
        "crumbs": [Link(_("Citizens' resolution initiatives"), reverse("initiatives:register")), Link(mine.number, "")],
        "due": page_dates.until(due) if due else "", "promotion": terms.entry("promotion", at),
        "steps": [(each, page_dates.day(each.happened_at)) for each in mine.steps.all()],
        "session": page_dates.day(mine.session_on) if mine.session_on else "",
    }  # fmt: skip
    return render(request, "initiatives/initiative.html", context)


@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft with its justification, to be shown to whoever signs."""
    mine = _found(slug)
    return made_file(pdf_of_document(papers.draft_document(mine)), "application/pdf", f"projekt-{mine.slug}.pdf")


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The committee's notice to fill in by hand."""
    return made_file(pdf_of_document(papers.blank_notice(database_now())), "application/pdf", "zawiadomienie-komitetu.pdf")
