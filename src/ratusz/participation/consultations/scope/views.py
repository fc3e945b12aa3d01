"""The staff's screen of the scope: the map, what is reached, whom to write to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.models import Area, Consultation
from ratusz.participation.consultations.scope import actions, parts, rules
from ratusz.participation.consultations.scope.forms import DrawnAreaForm, ScopeForm, initial_of
from ratusz.participation.consultations.scope.queries import reach_of

ADD, REMOVE = "add", "remove"


def _found(request: HttpRequest, pk: int) -> Consultation:
    found = get_object_or_404(Consultation.objects.select_related("owner_unit"), pk=pk)
    if not rules.may(request.user, "see", found, database_now()):
        raise PermissionDenied
    return found


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def scope(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole scope at once, one more drawn area, or one area less."""
    found, at = _found(request, pk), database_now()
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    areas = list(found.areas.select_related("district"))
    known = [(each.name, each.shape) for each in areas if each.kind == Area.Kind.DRAWN]
    forms: dict[str, Any] = {
        "whole": ScopeForm(request.POST if deed == "whole" else None, initial=initial_of(areas), prefix="whole"),
        ADD: DrawnAreaForm(request.POST if deed == ADD else None, prefix="add", known=known),
    }
    if deed == REMOVE or (deed in forms and forms[deed].is_valid()):
        try:
            _do(found, deed, forms.get(deed), request)
            messages.success(request, _("The scope is saved."))
            return redirect("consultation_scope", pk)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ScopeRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("consultation_scope", pk)
    shown = parts.shown(found)
    context = shown | {
        "consultation": found, "forms": forms, "recipients": parts.recipients(found, shown["reach"], at),
        "may_set": rules.may(request.user, "set_scope", found, at) and found.announced_at is None,
    }  # fmt: skip
    return render(request, "consultations/scope/staff/scope.html", context)


def _do(found: Consultation, deed: str, form: Any, request: HttpRequest) -> None:
    if deed == REMOVE:
        actions.remove_area(area=row_of(found.areas, request, "row"), person=request.user)
    elif deed == ADD:
        clean = form.cleaned_data
        actions.add_drawn_area(consultation=found, name=clean["name"], shape=clean["area"].geometry, person=request.user)
    else:
        actions.set_scope(consultation=found, areas=form.areas(), person=request.user)


@require_safe
def streets(request: HttpRequest, pk: int) -> HttpResponse:
    """The streets that are reached as a workbook, for letters and posters."""
    found = _found(request, pk)
    reach = reach_of(found.areas.select_related("district"))
    columns = [Column(_("Street"), 40), Column(_("House numbers"), 40), Column(_("Certain"), 10)]
    rows = ([each.name, each.numbers, _("yes") if each.is_certain else _("in part")] for each in reach.streets)
    return made_file(xlsx_of(found.title, [Sheet(_("Streets"), columns, rows)]), XLSX, f"zasieg-{found.slug}.xlsx")
