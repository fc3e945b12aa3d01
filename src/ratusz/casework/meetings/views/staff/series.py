"""Series of meetings, rooms and officials."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.meetings import actions, queries, rules, wording
from ratusz.casework.meetings.models import Official, Place, Series
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.staff_forms import OfficialForm, PlaceForm, RecurrenceForm, SeriesForm
from ratusz.casework.meetings.views.staff.meetings import STATE_WORDS, checked
from ratusz.foundation.once.sending import once_only


@require_safe
def all_series(request: HttpRequest) -> HttpResponse:
    """Series with how many meetings each has."""
    _none, at = checked(request, "see")
    context = {"series": queries.busy_series(), "may_plan": rules.may(request.user, "plan", None, at)}
    return render(request, "meetings/staff/all_series.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Meetings of all chosen districts from one template."""
    _none, at = checked(request, "plan")
    form = SeriesForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_valid():
        clean = form.cleaned_data
        try:
            made = actions.plan_series(
                title=clean["title"], kind=clean["kind"], template=form.template(), meetings=form.meetings(), person=request.user
            )
            messages.success(request, _("The drafts are made. Give each its place and announce it."))
            return redirect("meetings_one_series", made.pk)
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "meetings/staff/form.html", {"form": form, "title": _("New series of meetings"), "clashes": []})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A series: its meetings, and when they come back."""
    _none, at = checked(request, "see")
    series = get_object_or_404(Series, pk=pk)
    may_plan = rules.may(request.user, "plan", None, at)
    form = RecurrenceForm(request.POST if request.method == "POST" else None, initial=_known(series))
    if request.method == "POST" and not may_plan:
        raise PermissionDenied
    if form.is_valid():
        clean = form.cleaned_data
        try:
            actions.set_recurrence(
                series=series,
                recurrence=form.recurrence,
                starts_on=clean["starts_on"],
                ends_on=clean["ends_on"],
                hour=clean["hour"],
                skipped_days=clean["skipped"],
                person=request.user,
            )
            messages.success(request, _("Meetings of the series stand a year ahead."))
            return redirect("meetings_one_series", pk)
        except rules.Refused as refusal:
            form.add_error("other", str(refusal))
    meetings = queries.with_numbers(series.meetings.select_related("place", "district"), at).order_by("starts_at")
    rows = [(wording.row(each, at), STATE_WORDS[State(each.state)]) for each in meetings]
    return render(request, "meetings/staff/series.html", {"series": series, "rows": rows, "form": form, "may_plan": may_plan})


def _known(series: Series) -> dict[str, Any]:
    rules_known = {rule for rule, _words in RecurrenceForm.RULES}
    is_known = series.recurrence in rules_known
    return {
        "rule": series.recurrence if is_known else "",
        "other": "" if is_known else series.recurrence,
        "starts_on": series.starts_on,
        "ends_on": series.ends_on,
        "hour": series.template.get("hour", ""),
        "skipped": " ".join(series.skipped_days),
    }


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Rooms with what they offer, and officials who come to meetings."""
    _none, at = checked(request, "see")
    context = {
        "places": Place.objects.select_related("district"),
        "officials": Official.objects.all(),
        "may_plan": rules.may(request.user, "plan", None, at),
    }
    return render(request, "meetings/staff/places.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A room, new or known."""
    checked(request, "plan")
    known = get_object_or_404(Place, pk=pk) if pk else None
    form = PlaceForm(request.POST if request.method == "POST" else None, instance=known)
    if form.is_valid():
        actions.save_place(place=form.instance, person=request.user)
        messages.success(request, _("The place is saved."))
        return redirect("meetings_places")
    return render(request, "meetings/staff/form.html", {"form": form, "title": _("Place of meetings"), "clashes": []})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def official(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A post whose holder comes to meetings, new or known."""
    checked(request, "plan")
    known = get_object_or_404(Official, pk=pk) if pk else None
    form = OfficialForm(request.POST if request.method == "POST" else None, instance=known)
    if form.is_valid():
        actions.save_official(official=form.instance, person=request.user)
        messages.success(request, _("It is saved."))
        return redirect("meetings_places")
    return render(request, "meetings/staff/form.html", {"form": form, "title": _("Official who comes to meetings"), "clashes": []})
