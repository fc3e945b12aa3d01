"""Remarks for everybody: the list with filters and files to download, and the page of each remark with what became of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks import boxes, papers, queries, rules, wording
from ratusz.participation.remarks.forms import PublicFilter
from ratusz.participation.remarks.models import Change, Position, Remark
from ratusz.participation.remarks.place_map import place_map

SHOWN_STEPS = (
    Change.Kind.RECEIVED, Change.Kind.LATE, Change.Kind.CLASSIFIED, Change.Kind.SHOWN, Change.Kind.POSITION, Change.Kind.REPORTED,
    Change.Kind.OUTCOME, Change.Kind.WITHDRAWN,
)  # fmt: skip
"""What a clerk asked the author, or why something was rejected, is between them and the Office."""


def consultation_of(slug: str) -> Consultation:
    """An announced consultation, or 404."""
    return get_object_or_404(Consultation.objects.public(), slug=slug)


def wanted(form: PublicFilter) -> queries.Wanted:
    """What the filter narrows the list to."""
    position = form.value("stanowisko")
    is_none = position == "none"
    return queries.Wanted(
        words=form.value("q"), category=form.value("kto"), position="none" if is_none else "", verdict="" if is_none else position,
        passage=form.value("fragment"),
    )  # fmt: skip


@never_cache
@require_safe
def remarks(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything everybody may read, in the order of numbers, narrowed."""
    found, form = consultation_of(slug), PublicFilter(request.GET)
    narrowed = queries.narrowed(queries.public_remarks(found), wanted(form), is_public=True)
    page = queries.page_of(
        narrowed, after=plain_number(request.GET.get("po", "")) or 0, before=plain_number(request.GET.get("przed", "")) or 0,
        is_public=True,
    )  # fmt: skip
    query = request.GET.copy()
    for name in ("po", "przed"):
        query.pop(name, None)
    context = {
        "consultation": found, "form": form, "page": page, "rows": [row_of(each, page) for each in page.rows],
        "query": query.urlencode(), "open_forms": _open_forms(found), "verdicts": _verdicts(found),
        "has_places": queries.with_place(queries.public_remarks(found)).exists(),
    }  # fmt: skip
    return render(request, "remarks/list.html", context)


def _verdicts(found: Consultation) -> list[tuple[str, Any, int]]:
    """Code, words and number of each position, and of remarks that wait for one; those that nobody has are left out."""
    counts = queries.verdict_counts(queries.public_remarks(found))
    names = [*Position.Verdict.choices, ("none", _("without a position yet"))]
    return [(code, name, counts[code]) for code, name in names if counts.get(code)]


def row_of(remark: Remark, page: queries.Slice) -> dict[str, Any]:
    """A remark on a list."""
    return {
        "remark": remark, "speaks": wording.speaks(remark.intake), "day": polish_date(remark.intake.received_at),
        "where": wording.where_words(remark), "position": wording.position_words(page.positions.get(remark.pk)),
        "same": wording.same_words(page.same.get(remark.cluster_id or 0, 0)),
    }  # fmt: skip


def _open_forms(consultation: Consultation) -> list[Any]:
    at = database_now()
    return [each for each in consultation.forms.filter(kind__in=boxes.KINDS) if rules.is_open(consultation, each, at)]


@never_cache
@require_safe
def remark(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One remark: its words, who speaks for whom, the position with reasons, what became of it. Names are never shown."""
    found = get_object_or_404(
        Remark.objects.public().select_related("consultation", "intake__district", "unit", "cluster"),
        consultation__slug=slug, number=number,
    )  # fmt: skip
    versions = list(found.positions.filter(state=Position.State.APPROVED).select_related("unit").order_by("-version"))
    same = queries.same_of([found.cluster_id]).get(found.cluster_id or 0, 0)
    context = {
        "remark": found, "consultation": found.consultation, "intake": found.intake, "speaks": wording.speaks(found.intake),
        "day": polish_date(found.intake.received_at), "where": wording.where_words(found),
        "position": versions[0] if versions else None,
        "position_words": wording.position_words(versions[0] if versions else None), "earlier": versions[1:],
        "approved": polish_date(versions[0].approved_at) if versions and versions[0].approved_at else "",
        "same": wording.same_words(same), "area": wording.area_words(found.intake),
        "map": place_map(found),
        "steps": wording.steps(found.intake.changes.filter(Q(remark=None) | Q(remark=found), kind__in=SHOWN_STEPS)),
    }  # fmt: skip
    return render(request, "remarks/remark.html", context)


@never_cache
@require_safe
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The register everybody reads, as CSV or a workbook, or its places as GeoJSON; narrowed like the list. Nobody is named."""
    if kind not in ("csv", "xlsx", "geojson"):
        raise Http404
    found = consultation_of(slug)
    narrowed = queries.narrowed(queries.public_remarks(found), wanted(PublicFilter(request.GET)), is_public=True)
    if kind == "geojson":
        narrowed = queries.with_place(narrowed)
    rows = queries.register_rows(narrowed, is_public=True)
    if kind == "xlsx":
        return made_file(papers.public_workbook(found, rows), XLSX, f"uwagi-{found.slug}.xlsx")
    lines = csv_lines(papers.public_csv(rows)) if kind == "csv" else papers.public_geojson(rows)
    content_type = CSV if kind == "csv" else "application/geo+json"
    answer = StreamingHttpResponse((line.encode() for line in lines), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="uwagi-{found.slug}.{kind}"'
    return answer


@require_safe
def paper(request: HttpRequest, slug: str, form: int) -> HttpResponse:
    """The form on paper, to print at home or in a library."""
    found = get_object_or_404(
        Form.objects.select_related("consultation").filter(consultation__announced_at__isnull=False),
        pk=form, consultation__slug=slug, kind__in=boxes.KINDS,
    )  # fmt: skip
    content = pdf_of_document(papers.form_document(found, database_now()))
    return made_file(content, "application/pdf", f"formularz-uwag-{found.pk}.pdf")
