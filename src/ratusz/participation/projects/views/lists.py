"""Lists of projects: prepared and published by the Office, shown and downloaded by everybody, all from the same rows."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.documents.xlsx import xlsx_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.made_files import CSV, DOCX, XLSX
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.once.sending import once_only
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import actions, lists, rules
from ratusz.participation.projects.models import ListKind, ProjectList
from ratusz.participation.projects.views.public import crumbs
from ratusz.participation.projects.views.staff import check
from ratusz.publishing.website.own_sites import full_address
from ratusz.ui.parts import Cell, Column, Fact

TYPES = {
    "pdf": "application/pdf", "docx": DOCX, "xlsx": XLSX, "csv": CSV, "json": "application/json",
}  # fmt: skip


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def lists_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What each list would say now, with its hash; the button publishes exactly that."""
    at = database_now()
    check(request, "publish_list", at)
    edition = get_object_or_404(Edition, pk=pk)
    if request.method == "POST" and request.POST.get("kind") in ListKind.values:
        try:
            actions.publish_list(
                edition=edition, kind=request.POST["kind"], digest=request.POST.get("digest", ""), person=request.user
            )
            messages.success(request, _("Published."))
        except rules.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("projects_lists", pk)
    told = []
    for kind in ListKind:
        rows = lists.rows_of(edition, kind)
        last = ProjectList.objects.filter(edition=edition, kind=kind).order_by("-version").first()
        digest = lists.digest_of_rows(rows)
        told.append({
            "kind": kind, "label": kind.label, "number": len(rows), "digest": digest, "last": last,
            "negative": sum(row["result"] == "negative" for row in rows),
            "is_new": bool(rows) and (last is None or last.digest != digest),
            "when": polish_moment(last.published_at) if last else "",
        })  # fmt: skip
    return render(request, "projects/staff/lists.html", {"edition": edition, "told": told})


@require_safe
def published(request: HttpRequest, edition_slug: str, kind: str, version: int | None = None) -> HttpResponse:
    """A list in one of its versions, whole or a part of it, with its downloads and hash."""
    part = _part(request, edition_slug, kind, version)
    made = part.made
    is_ballot = made.kind == ListKind.BALLOT
    columns = [
        *([Column("place", _("Place"), is_number=True)] if is_ballot else []),
        Column("number", _("Number"), is_heading=True), Column("title", _("Title")), Column("where", _("Where")),
        Column("cost", _("Cost"), is_number=True),
    ]  # fmt: skip
    parts = [
        (words, columns + _reasons(rows, is_ballot), [_row(row, made.edition.slug) for row in rows])
        for words, rows in lists.headed(part)
    ]
    versions = ProjectList.objects.filter(edition=made.edition, kind=kind).order_by("-version")
    context = {
        "made": made, "part": part, "edition": made.edition, "crumbs": crumbs(made.edition),
        "title": lists.title_of(made), "parts": parts,
        "facts": [Fact(label, words) for label, words in lists.facts_of(part)], "offered": lists.parts_offered(made),
        "when": polish_moment(made.published_at), "forms": list(TYPES), "here": address_of(made),
        "versions": [(each, polish_moment(each.published_at), address_of(each)) for each in versions],
        "is_newest": made.version == versions[0].version,
    }  # fmt: skip
    return render(request, "projects/published.html", context)


def address_of(made: ProjectList) -> str:
    """Where one version stays for good."""
    return reverse("projects:published-version", args=[made.edition.slug, made.kind, made.version])


def _reasons(rows: list[dict], is_ballot: bool) -> list[Column]:
    if not any(row["reasons"] for row in rows):
        return []
    return [Column("reasons", _("Excludes") if is_ballot else _("Reasons"))]


def _row(row: dict, edition_slug: str) -> dict:
    address = reverse("projects:card", args=[edition_slug, row["number"].replace("/", "-")])
    return row | {"number": Cell(row["number"], url=address), "cost": zlotys(row["cost"])}


@require_safe
def download(request: HttpRequest, edition_slug: str, kind: str, form: str, version: int | None = None) -> HttpResponse:
    """The list as PDF, DOCX, XLSX, CSV, or JSON: exactly the bytes whose SHA-256 is printed."""
    part = _part(request, edition_slug, kind, version)
    made = part.made
    if form not in TYPES:
        raise Http404
    if form == "json":
        content = lists.canonical(part.rows)
    elif form == "csv":
        content = lists.as_csv(part).encode("utf-8")
    elif form == "xlsx":
        content = xlsx_of(lists.title_of(made), [lists.as_sheet(part)])
    else:
        # A sheet on the wall leads to the page that carries the same SHA-256.
        address = full_address(address_of(made)) + (f"?czesc={part.code}" if part.code else "")
        content = (pdf_of_document if form == "pdf" else docx_of_document)(lists.as_document(part, address))
    answer = HttpResponse(content, content_type=TYPES[form])
    of = f"-{part.code}" if part.code else ""
    answer["Content-Disposition"] = f'attachment; filename="{edition_slug}-{kind}-{made.version}{of}.{form}"'
    return answer


def _part(request: HttpRequest, edition_slug: str, kind: str, version: int | None) -> lists.Part:
    found = ProjectList.objects.filter(edition__slug=edition_slug, kind=kind).select_related("edition").order_by("-version")
    made = found.filter(version=version).first() if version is not None else found.first()
    if made is None:
        raise Http404
    try:
        return lists.part_of(made, request.GET.get("czesc", ""))
    except KeyError as missing:
        raise Http404 from missing
