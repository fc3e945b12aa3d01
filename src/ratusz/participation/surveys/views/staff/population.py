"""Tables of the population: choose a file, read every fault with its row, confirm; a wrong table is taken out again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.files.aside import Aside
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.kit.words import grouped
from ratusz.participation.surveys import actions, rules
from ratusz.participation.surveys.forms.population import ENDINGS, ConfirmForm, PopulationForm
from ratusz.participation.surveys.models import PopulationTable
from ratusz.participation.surveys.results import population_file
from ratusz.participation.surveys.views.staff.deeds import check, press

uploads = Aside("surveys_population", ENDINGS)
MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def population(request: HttpRequest) -> HttpResponse:
    """The tables there are; a new file with its preview, then a second button that writes everything or nothing."""
    check(request, "publish")
    if request.method == "POST" and request.POST.get("kept"):
        return _confirm(request)
    form = PopulationForm(request.POST if request.method == "POST" else None, request.FILES or None, label_suffix="")
    tables = [(each, grouped(each.people)) for each in PopulationTable.objects.all()[:50]]
    context: dict[str, Any] = {"form": form, "tables": tables}
    if form.is_valid():
        context |= _checked(form)
    return render(request, "surveys/staff/population.html", context)


def _checked(form: PopulationForm) -> dict[str, Any]:
    upload = form.cleaned_data["file"]
    try:
        found = population_file.read(upload.read())
    except rules.SurveyRefused as refusal:
        form.add_error("file", str(refusal))
        return {}
    if found.faults:
        return {"faults": found.faults[:MOST_SHOWN], "more": len(found.faults) - MOST_SHOWN, "file_name": upload.name}
    upload.seek(0)
    kept = {"kept": uploads.put(upload), "file_name": str(upload.name)[:130], "day": form.cleaned_data["day"].isoformat()}
    shown = [(each, grouped(each.people)) for each in found.people[:20]]
    return {
        "found": found,
        "in_all": grouped(found.in_all),
        "shown": shown,
        "confirm": kept | {"source": form.cleaned_data["source"]},
    }


def _confirm(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    path = uploads.path(form.cleaned_data["kept"]) if form.is_valid() else None
    if path is None:
        messages.error(request, _("The file is not here any more. Choose it again."))
        return redirect("surveys_population")
    facts = {name: form.cleaned_data[name] for name in ("day", "source", "file_name")}
    try:
        _table, is_new = actions.load_population(content=path.read_bytes(), person=request.user, **facts)
    except rules.SurveyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys_population")
    uploads.remove(form.cleaned_data["kept"])
    messages.success(request, _("The table is taken in.") if is_new else _("This file was taken in before: nothing changed."))
    return redirect("surveys_population")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a wrong table out."""
    check(request, "publish")
    table = get_object_or_404(PopulationTable, pk=pk)
    deed = partial(actions.drop_population, table=table, person=request.user)
    return press(request, deed, _("The table is taken out."), "surveys_population")


@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """The empty file: one row for each age group, men and women beside each other."""
    check(request, "publish")
    columns = [
        Column(name, 14) for name in (population_file.DISTRICT, population_file.AGE, population_file.MEN, population_file.WOMEN)
    ]
    ages = [f"{first}–{first + 4}" for first in range(0, 85, 5)] + ["85 i więcej"]
    rows = [["", age, 0, 0] for age in ages]
    return made_file(xlsx_of(_("Population"), [Sheet(_("Population"), columns, rows)]), XLSX, "ludnosc-wzor.xlsx")
