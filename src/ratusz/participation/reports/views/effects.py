"""What came of a consultation, as staff note it: the outcome and each effect to its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.participation.reports import actions, rules
from ratusz.participation.reports.forms import EffectForm, OutcomeForm, TellForm
from ratusz.participation.reports.models import Effect, Outcome, Report
from ratusz.participation.reports.registries import effect_doors
from ratusz.participation.reports.views.staff import check, found, seen

EFFECT = "id_effect_%s"
"""Ids of the form of a new effect: the form of the outcome has an address too."""


@require_safe
def effects(request: HttpRequest, pk: int) -> HttpResponse:
    """The outcome and the effects with what was told of them."""
    return _page(request, seen(request, pk))


def _page(request: HttpRequest, made: Report, told: Any = None, **forms: Any) -> HttpResponse:
    at = database_now()
    rows = [
        {"made": each, "form": _tell_form(request, each, told, at), "doors": _doors(each, request.user, at)}
        for each in made.effects.select_related("unit", "report__consultation").prefetch_related("steps")
    ]
    context = {
        "report": made, "outcomes": made.outcomes.all(), "effects": rows, "may_write": rules.may(request.user, "write", made, at),
        "outcome_form": OutcomeForm(), "effect_form": EffectForm(auto_id=EFFECT),
    }  # fmt: skip
    return render(request, "reports/staff/effects.html", context | forms)


def _doors(effect: Effect, person: Any, at: datetime) -> list[dict[str, Any]]:
    """What carries it out already, or the button that makes it."""
    found = []
    for door in effect_doors:
        number, url = door.made(effect, person, at) or ("", "")
        address = "" if number else door.address(effect, person, at)
        if number or address:
            found.append({"number": number, "url": url, "label": door.label, "address": address})
    return found


def _tell_form(request: HttpRequest, effect: Effect, told: Any, at: Any) -> TellForm | None:
    if told is not None and told[0] == effect.pk:
        return told[1]
    is_open = effect.state == "in_progress" and rules.may(request.user, "tell", effect, at)
    return TellForm(initial={"state": "done"}, auto_id=f"id_{effect.pk}_%s") if is_open else None


@once_only
@require_POST
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What the Council decided."""
    made = found(pk)
    check(request, "write", made)
    form = OutcomeForm(request.POST, instance=Outcome(report=made))
    return _sent(request, made, form, "outcome_form", lambda facts: actions.note_outcome(report=made, person=request.user, **facts))


@once_only
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A promised effect."""
    made = found(pk)
    check(request, "write", made)
    form = EffectForm(request.POST, auto_id=EFFECT)
    return _sent(request, made, form, "effect_form", lambda facts: actions.add_effect(report=made, person=request.user, **facts))


def _sent(request: HttpRequest, made: Report, form: Any, name: str, deed: Any) -> HttpResponse:
    if form.is_valid():
        try:
            deed(form.cleaned_data)
        except rules.ReportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is noted."))
            return redirect("reports_effects", made.pk)
    return _page(request, made, **{name: form})


@once_only
@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened with one effect."""
    effect = get_object_or_404(Effect.objects.select_related("report__consultation", "unit"), pk=pk)
    check(request, "tell", effect)
    form = TellForm(request.POST, auto_id=f"id_{effect.pk}_%s")
    if form.is_valid():
        try:
            actions.tell_effect(effect=effect, person=request.user, **form.cleaned_data)
        except rules.ReportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Everybody reads it now."))
            return redirect("reports_effects", effect.report_id)
    return _page(request, found(effect.report_id), told=(effect.pk, form))
