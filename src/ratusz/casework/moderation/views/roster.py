"""Screens of the roster: the week of turns with substitutes, absences, banned words, the load of units, faults of the platform."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.moderation import actions, catalogue, office, rules
from ratusz.casework.moderation.forms_of_the_office import AbsenceForm, BannedWordForm, FaultForm, ShiftForm
from ratusz.casework.moderation.models import Absence, BannedWord, Fault, Shift
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date, polish_range, polish_time
from ratusz.foundation.kit.made_files import CSV, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.kit.words import decimal_comma
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.foundation.once.sending import once_only


def _check(request: HttpRequest, deed: str, at) -> None:
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied


def _monday(text: str, today: date) -> date:
    """The Monday of the day that was asked for; of the next working day for anything that is no day."""
    day = working_day_from(today)
    with contextlib.suppress(ValueError):
        asked = date.fromisoformat(text)
        day = asked if 2020 <= asked.year <= 2100 else day
    return day - timedelta(days=day.weekday())


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest) -> HttpResponse:
    """The week: who comes on which day, and the two forms."""
    at = database_now()
    _check(request, "keep", at)
    units = office.units_kept_by(request.user, at)
    places = [each for each in office.current_places(at) if each.unit in units]
    kept = office.people_kept_by(request.user, at)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    forms: dict[str, Any] = {
        "shift": ShiftForm(request.POST if deed == "shift" else None, prefix="shift", units=units, places=places, at=at),
        "absence": AbsenceForm(request.POST if deed == "absence" else None, prefix="absence", at=at, kept=kept),
    }
    chosen = forms.get(deed)
    if chosen is not None and chosen.is_valid():
        do = actions.set_shift if deed == "shift" else actions.tell_absence
        try:
            do(person=request.user, **chosen.cleaned_data)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ModerationRefused as refusal:
            chosen.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down in the roster."))
            _warn_of_idle(request, chosen.cleaned_data, at)
            return redirect("moderation_roster")
    monday = _monday(request.GET.get("dzien", ""), local_day(at))
    context = {**_week(monday, units, kept, at), "shift_form": forms["shift"], "absence_form": forms["absence"]}
    status = 422 if chosen is not None and chosen.errors else 200
    return render(request, "moderation/staff/roster.html", context, status=status)


def _warn_of_idle(request: HttpRequest, clean: dict[str, Any], at: datetime) -> None:
    """A turn gives no right: whoever has no mandate in that unit would sit there in vain."""
    if "unit" in clean and office.is_idle_in(clean["unit"], clean["moderator"], at):
        words = _("%(person)s moderates nothing in this unit yet, so the turn covers nothing. Appoint them to its places.")
        messages.warning(request, words % {"person": clean["moderator"].display_name})


def _week(monday: date, units: Any, kept: set[int] | None, at) -> dict[str, Any]:
    absences = Absence.objects.filter(last_date__gte=local_day(at)).select_related("person")
    absences = absences if kept is None else absences.filter(person__in=kept)
    return {
        "days_in_words": polish_range(monday, monday + timedelta(days=4)),
        "earlier": monday - timedelta(days=7), "later": monday + timedelta(days=7),
        "days": [polish_date(monday + timedelta(days=step), with_weekday=True, with_year=False) for step in range(5)],
        "weeks": [{"unit": each.unit, "days": [_day(*day) for day in each.days]} for each in office.week_of(monday, units)],
        "absences": [{"absence": each, "days": polish_range(each.first_date, each.last_date)} for each in absences],
        "gaps": [{"gap": gap, "day": polish_date(gap.first)} for gap in office.uncovered(at) if gap.place.unit in units],
    }  # fmt: skip


def _day(day: date, turns: Any) -> list[dict[str, Any]]:
    return [
        {
            "shift": each.shift, "who": each.person.display_name if each.person else "", "is_substitute": each.is_substitute,
            "instead_of": each.shift.person.display_name, "hours": f"{each.shift.opens:%H:%M}–{each.shift.closes:%H:%M}",
        }
        for each in turns
    ]  # fmt: skip


@require_POST
def end_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """The turn ends with today, or before it began."""
    shift, today = get_object_or_404(Shift, pk=pk), local_day(database_now())
    return _done(
        request, lambda: actions.end_shift(shift=shift, last=max(today, shift.first_date), person=request.user), "moderation_roster"
    )


@require_POST
def cancel_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """They come after all."""
    absence = get_object_or_404(Absence, pk=pk)
    return _done(request, lambda: actions.cancel_absence(absence=absence, person=request.user), "moderation_roster")


def _done(request: HttpRequest, deed: Any, leads_to: str) -> HttpResponse:
    try:
        deed()
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect(leads_to)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Banned words in force; leads add and retire."""
    at = database_now()
    _check(request, "see", at)
    may_lead = rules.may(request.user, "lead", None, at)
    form = BannedWordForm(request.POST if request.method == "POST" else None, at=at)
    if may_lead and form.is_valid():
        try:
            actions.add_banned_word(person=request.user, **form.cleaned_data)
        except rules.ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The word is on the list."))
            return redirect("moderation_words")
    rows = [
        {"word": each, "reason": catalogue.reason_name(each.reason, each.starts), "since": polish_date(each.starts)}
        for each in BannedWord.objects.in_force(at)
    ]
    context = {"rows": rows, "form": form if may_lead else None}
    return render(request, "moderation/staff/words.html", context, status=422 if form.errors else 200)


@require_POST
def retire_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The word is looked for no more."""
    word = get_object_or_404(BannedWord, pk=pk)
    return _done(request, lambda: actions.retire_banned_word(word=word, person=request.user), "moderation_words")


@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """The load of units: all for the department, their own for heads of units. Never whose. `?plik=csv` gives a file."""
    at = database_now()
    is_of_department = rules.holds_department_role(request.user, *rules.MODERATORS, at=at)
    if not is_of_department:
        _check(request, "keep", at)
    loads = office.load_of_units(at, None if is_of_department else office.units_kept_by(request.user, at))
    rows = [
        (
            each.unit or _("no unit"), each.open, each.late, each.came, each.closed,
            decimal_comma(each.median_hours, 1) if each.median_hours is not None else "–",
        )
        for each in loads
    ]  # fmt: skip
    heads = [_("Unit"), _("Waiting now"), _("Late"), _("Came in 30 days"), _("Decided in 30 days"), _("Half decided within hours")]
    if request.GET.get("plik") == "csv":
        return made_file("".join(csv_lines([heads, *rows])).encode(), CSV, "obciazenie.csv")
    return render(request, "moderation/staff/load.html", {"heads": heads, "rows": rows})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def faults(request: HttpRequest) -> HttpResponse:
    """Faults of the platform, those not mended first."""
    at = database_now()
    _check(request, "see", at)
    form = FaultForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.report_fault(person=request.user, **form.cleaned_data)
        messages.success(request, _("Written down. It stands on the agenda until it is mended."))
        return redirect("moderation_faults")
    rows = [
        {"fault": each, "when": f"{polish_date(each.reported_at)}, {polish_time(each.reported_at)}"}
        for each in Fault.objects.order_by("mended_at", "-reported_at")[:100]
    ]
    rows.sort(key=lambda row: row["fault"].mended_at is not None)
    return render(request, "moderation/staff/faults.html", {"rows": rows, "form": form}, status=422 if form.errors else 200)


@require_POST
def mend_fault(request: HttpRequest, pk: int) -> HttpResponse:
    """It works again."""
    fault, answer = get_object_or_404(Fault, pk=pk), request.POST.get("answer", "")
    return _done(request, lambda: actions.mend_fault(fault=fault, answer=answer, person=request.user), "moderation_faults")
