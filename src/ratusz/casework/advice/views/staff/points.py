"""Points with their hours: the list, one point with its week, days that differ and mobile points."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.advice import actions, queries, rules
from ratusz.casework.advice.forms_staff import HoursForm, OutingForm, PointForm, SpecialDayForm
from ratusz.casework.advice.models import Point
from ratusz.casework.advice.views.staff.deeds import check, day_of, press, told
from ratusz.foundation.kit.dates import local_day, polish_date, polish_hours, polish_moment, polish_time
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only

FORMS = {"hours": HoursForm, "special": SpecialDayForm, "outing": OutingForm}


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """All points, with where their day, their hours and their figures are."""
    at = check(request, "see")
    may = {deed: rules.may(request.user, deed, None, at) for deed in ("serve", "manage")}
    today = local_day(at)
    rows = [
        (each, [polish_hours(one.starts_at, one.ends_at) for one in queries.openings_of(each, today, today)])
        for each in queries.working_points()
    ]
    return render(request, "advice/staff/points.html", {"rows": rows, "may": may, "waiting": queries.to_follow_up().count()})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new point, or the facts of one."""
    check(request, "manage")
    found = get_object_or_404(Point.objects.working(), pk=pk) if pk else Point()
    form = PointForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        try:
            made = actions.save_point(point=form.instance, person=request.user)
            messages.success(request, _("The point is saved."))
            return redirect("advice_hours", made.pk)
        except rules.AdviceRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "advice/staff/edit.html", {"form": form, "point": found})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The week, the days that differ, the mobile points; whoever booked is told when a time falls out."""
    at = check(request, "manage")
    found = get_object_or_404(queries.working_points(), pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    forms: dict[str, Any] = {name: form(request.POST if deed == name else None, prefix=name) for name, form in FORMS.items()}
    forms["hours"].initial = {"valid_from": local_day(at)}
    if deed in BUTTONS:
        return BUTTONS[deed](request, found)
    if deed and deed not in forms:
        raise Http404
    if deed and forms[deed].is_valid():
        try:
            messages.success(request, _added(request, deed, found, forms[deed]))
            return redirect("advice_hours", pk)
        except rules.AdviceRefused as refusal:
            forms[deed].add_error(None, str(refusal))
    return render(request, "advice/staff/hours.html", {"point": found, "forms": forms, **_standing(found, at)})


def _standing(found: Point, at: Any) -> dict[str, Any]:
    today = local_day(at)
    weekly = [each for each in found.hours.all() if each.valid_to is None or each.valid_to > today]
    return {
        "weekly": weekly, "tomorrow": today + timedelta(days=1),
        "special": [(each, polish_date(each.day, with_weekday=True)) for each in found.special_days.all() if each.day >= today],
        "outings": [
            (each, polish_moment(each.starts_at), polish_time(each.ends_at)) for each in found.outings.all() if each.ends_at > at
        ],
    }  # fmt: skip


def _added(request: HttpRequest, deed: str, found: Point, form: Any) -> str:
    person = request.user
    if deed == "hours":
        actions.add_hours(point=found, person=person, **form.cleaned_data)
        return _("The hours are added.")
    if deed == "special":
        number = actions.set_special_day(point=found, person=person, **form.cleaned_data)
        return (_("The day is kept.") + " " + told(number)).strip()
    actions.plan_outing(point=found, person=person, **form.facts())
    return _("The mobile point is planned.")


def _end_hours(request: HttpRequest, found: Point) -> HttpResponse:
    mine, valid_to = row_of(found.hours, request, "row"), day_of(request.POST.get("valid_to", ""))
    if valid_to is None:
        messages.error(request, _("Write from which day these hours hold no more."))
        return redirect("advice_hours", found.pk)
    deed = partial(actions.end_hours, hours=mine, valid_to=valid_to, person=request.user)
    return press(request, deed, _("The hours end. Whoever booked later was told."), "advice_hours", found.pk)


def _drop(request: HttpRequest, found: Point) -> HttpResponse:
    mine = row_of(found.special_days, request, "row")
    deed = partial(actions.drop_special_day, special=mine, person=request.user)
    return press(request, deed, _("The day is as its week again."), "advice_hours", found.pk)


def _call_off(request: HttpRequest, found: Point) -> HttpResponse:
    mine, why = row_of(found.outings, request, "row"), request.POST.get("why", "")
    deed = partial(actions.call_off_outing, outing=mine, why=why, person=request.user)
    return press(request, deed, _("It is called off. Whoever booked was told."), "advice_hours", found.pk)


def _close(request: HttpRequest, found: Point) -> HttpResponse:
    why = request.POST.get("why", "")
    deed = partial(actions.close_point, point=found, why=why, person=request.user)
    return press(request, deed, _("The point is closed for good. Whoever booked was told."), "advice_points")


BUTTONS = {"end": _end_hours, "drop": _drop, "call_off": _call_off, "close": _close}
