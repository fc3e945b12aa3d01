"""How winning projects are built, for everybody: by edition and district, with filters, a map and open data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.casework.documents.xlsx import xlsx_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget import presentation
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.delivery import maps, open_data, queries, wording
from ratusz.participation.projects.delivery.forms import DeliveryFilter
from ratusz.participation.projects.models import Delivery
from ratusz.participation.projects.models.delivery import DeliveryQuerySet
from ratusz.participation.projects.wording import place_of
from ratusz.ui.parts import Cell, Column, Download

PAGE = 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def deliveries(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """The winners of one edition, narrowed, with where each is."""
    edition = _edition(edition_slug)
    rows = Delivery.objects.of(edition)
    here = reverse("projects:deliveries", args=[edition.slug])
    title = _("Edition %(edition)s: how the winning projects are built") % {"edition": edition}
    crumbs = presentation.crumbs(presentation.edition_link(edition))
    return _tracker(request, rows, here, {"title": title, "crumbs": crumbs, "edition": edition}, edition)


@require_safe
def of_district(request: HttpRequest, district_slug: str) -> HttpResponse:
    """The winners of one district in every edition."""
    district = get_object_or_404(District, slug=district_slug)
    rows = Delivery.objects.filter(queries.SHOWN, project__pool__district=district)
    here = reverse("projects:district-deliveries", args=[district.slug])
    title = _("%(district)s: how projects of the budget are built") % {"district": district.name}
    return _tracker(request, rows, here, {"title": title, "crumbs": presentation.crumbs(), "district": district}, None)


def _tracker(
    request: HttpRequest, rows: DeliveryQuerySet, here: str, context: dict[str, Any], edition: Edition | None
) -> HttpResponse:
    at = database_now()
    form = DeliveryFilter(request.GET, edition=edition, units=_units(rows), at=at)
    chosen = form.chosen()
    whole = list(rows.with_days().select_related("project__pool__district"))
    if not whole:
        raise Http404
    found = list(queries.listed(rows, chosen, at))
    page = Paginator(found, PAGE).get_page(request.GET.get("strona"))
    query = request.GET.copy()
    query.pop("strona", None)
    context |= {
        "form": form, "page": page, "here": here, "is_narrowed": any(chosen.values()), "figures": queries.figures(whole, at),
        "columns": _columns(), "rows": [_row(each, at, with_edition=edition is None) for each in page],
        "tiles": maps.tiles(whole, here) if edition else [], "map": maps.points(found),
        "downloads": _downloads(here, query.urlencode(), len(found)), "is_made_up": any(each.is_made_up for each in whole),
    }  # fmt: skip
    return render(request, "projects/delivery/list.html", context)


def _units(rows: DeliveryQuerySet) -> Any:
    return Unit.objects.filter(pk__in=rows.values("unit")).order_by("sort_key", "name")


def _columns() -> list[Column]:
    return [
        Column("project", _("Project"), is_heading=True), Column("where", _("Where")), Column("state", _("Stage")),
        Column("unit", _("Unit in charge")), Column("when", _("When")), Column("cost", _("Cost on the ballot"), is_number=True),
    ]  # fmt: skip


def _row(delivery: Delivery, at: datetime, *, with_edition: bool) -> dict[str, Any]:
    project = delivery.project
    next_on, due_on = delivery.next_on, delivery.due_on
    late = wording.late_words(delivery, at, next_on)
    number = f"{project.number}, {project.edition.year}" if with_edition else project.number
    return {
        "project": Cell(project.name, url=f"{project.get_absolute_url()}#realizacja", note=number), "where": place_of(project.pool),
        "state": Cell(wording.capital(wording.public_state(delivery)), note=late),
        "unit": delivery.unit.name if delivery.unit else _("not named yet"),
        "when": wording.capital(wording.due_words(delivery, due_on)) or "–", "cost": zlotys(delivery.ballot_grosze),
    }  # fmt: skip


def _downloads(here: str, query: str, count: int) -> list[Download]:
    label, asked = _("How projects are built"), f"?{query}" if query else ""
    size = wording.projects(count)
    return [
        Download(label, f"{here}realizacja.csv{asked}", "CSV", size, _("semicolons, UTF-8: opens in any spreadsheet")),
        Download(label, f"{here}realizacja.xlsx{asked}", "XLSX", size),
    ]


@require_safe
def edition_file(request: HttpRequest, edition_slug: str, form: str) -> HttpResponse:
    """The list of an edition as open data, narrowed as the page is."""
    edition = _edition(edition_slug)
    return _file(request, Delivery.objects.of(edition), edition, form, f"realizacja-{edition.slug}")


@require_safe
def district_file(request: HttpRequest, district_slug: str, form: str) -> HttpResponse:
    """The list of a district as open data, narrowed as the page is."""
    district = get_object_or_404(District, slug=district_slug)
    rows = Delivery.objects.filter(queries.SHOWN, project__pool__district=district)
    return _file(request, rows, None, form, f"realizacja-{district.slug}")


def _file(request: HttpRequest, rows: DeliveryQuerySet, edition: Edition | None, form: str, name: str) -> HttpResponse:
    at = database_now()
    chosen = DeliveryFilter(request.GET, edition=edition, units=_units(rows), at=at).chosen()
    found = queries.listed(rows, chosen, at).prefetch_related("days", "moves")
    root = request.build_absolute_uri("/").rstrip("/")
    if form == "csv":
        response = HttpResponse("".join(csv_lines(open_data.as_rows(found, at, root))), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        response = HttpResponse(xlsx_of(name, [open_data.as_sheet(found, at, root)]), content_type=XLSX)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _edition(slug: str) -> Edition:
    return get_object_or_404(Edition.objects.published(), slug=slug)
