"""Every submitted project of an edition, and its card with the course it took."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.participation.budget import presentation
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import announced, calendar, lists, queries, rules, wording
from ratusz.participation.projects.forms_lists import ListFilter
from ratusz.participation.projects.models import Application, State
from ratusz.ui.parts import Cell, Column, Link

PAGE = 50


@require_safe
def projects(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """All submitted projects, by number."""
    edition = get_object_or_404(Edition, slug=edition_slug)
    form = ListFilter(request.GET, edition=edition)
    page = Paginator(queries.listed_for_all(edition, **form.chosen()), PAGE).get_page(request.GET.get("strona"))
    columns = [
        Column("number", _("Number"), is_heading=True), Column("title", _("Title")), Column("where", _("Where")),
        Column("cost", _("Cost by the author"), is_number=True), Column("state", _("State")),
    ]  # fmt: skip
    rows = [
        {
            "number": Cell(each.number, url=each.get_absolute_url()), "title": each.title, "where": wording.place_of(each.contest),
            "cost": zlotys(each.cost_grosze), "state": wording.state_words(each.shown_state),
        }
        for each in page
    ]  # fmt: skip
    context = {"edition": edition, "crumbs": presentation.crumbs(), "form": form, "page": page, "rows": rows, "columns": columns}
    context["lists"] = [(lists.title_of(each), each) for each in announced.newest_lists(edition)]
    context["here"] = reverse("projects:list", args=[edition.slug])
    return render(request, "projects/list.html", context)


LAND_TOLD = (State.POSITIVE, State.ON_BALLOT, State.NEGATIVE)
"""The check of the land is told with the list of the assessment, not before."""


def crumbs(edition: Edition) -> list[Link]:
    """Where a project or a list of an edition stands."""
    return presentation.crumbs(Link(_("Submitted projects"), reverse("projects:list", args=[edition.slug])))


@require_safe
def card(request: HttpRequest, edition_slug: str, project_slug: str) -> HttpResponse:
    """One project: what it is, what it costs, where it stands and why."""
    found = Application.objects.submitted().select_related("edition", "pool")
    application = get_object_or_404(found, edition__slug=edition_slug, slug=project_slug)
    columns = [
        Column("name", _("What"), is_heading=True), Column("quantity", _("How many"), is_number=True),
        Column("unit", _("Unit of measure")),
        Column("price", _("Price of one"), is_number=True), Column("sum", _("Together"), is_number=True),
    ]  # fmt: skip
    state = announced.shown_state(application)
    context = {
        "application": application, "edition": application.edition, "crumbs": crumbs(application.edition),
        "state": wording.state_words(state),
        "facts": wording.facts(application, is_assessed=state in (State.POSITIVE, State.ON_BALLOT))
        + (wording.land_fact(application) if state in LAND_TOLD else []),
        "texts": wording.texts(application), "course": wording.course(announced.course_for_all(application)),
        "lines": wording.cost_lines(application), "cost_columns": columns, "total": zlotys(application.cost_grosze),
        "remarks": [(each, polish_moment(each.written_at)) for each in application.remarks.shown()],
        "takes_remarks": rules.takes_remarks(state, calendar.is_open(application.edition, "remarks", database_now())),
        "estimates": wording.estimates(announced.estimates_for_all(application)), "ties": wording.ties(application),
    }  # fmt: skip
    return render(request, "projects/card.html", context)
