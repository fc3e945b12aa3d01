"""The day at a point: who comes when, who telephoned, what was asked, and what was answered before to the like."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ratusz.casework.advice import actions, queries, rules, terms
from ratusz.casework.advice.forms import BookForSomebodyForm
from ratusz.casework.advice.forms_staff import ConversationForm, FindForm
from ratusz.casework.advice.models import Appointment, Point, State, Way
from ratusz.casework.advice.views.staff.deeds import check, day_of, press
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.dates import local_day, polish_date, polish_hours, polish_moment, polish_time
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only

FOUND = 10
"""Earlier answers on the screen of the day."""
PEOPLE = ["name", "words", "needs", "contact"]


@once_only
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """One screen for whoever serves: appointments in order, a form for what was asked, a search over earlier answers."""
    at = check(request, "serve")
    point = get_object_or_404(queries.working_points(), pk=pk)
    shown = day_of(request.GET.get("dzien", "")) or local_day(at)
    form = ConversationForm(request.POST if request.method == "POST" else None, at=at, initial={"way": Way.WALK_IN})
    if form.is_valid():
        try:
            actions.log_conversation(point=point, said=form.said(_outing(point, at)), person=request.user)
            messages.success(request, _("Written down."))
            return redirect("advice_day", pk)
        except rules.AdviceRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "advice/staff/day.html", _context(request, point, shown, at) | {"form": form})


def _outing(point: Point, at: datetime) -> Any:
    """The mobile point that works just now."""
    return next((each for each in point.outings.all() if each.called_off_at is None and each.starts_at <= at < each.ends_at), None)


def _context(request: HttpRequest, point: Point, shown: date, at: datetime) -> dict[str, Any]:
    rows = list(queries.appointments_of_day(point, shown))
    if rows:
        record_read(subject=point, fields=PEOPLE, actor=request.user)
    words = request.GET.get("szukaj", "")[:100]
    found = queries.conversations(words=words)[:FOUND] if words.strip() else []
    openings = [
        f"{polish_hours(each.starts_at, each.ends_at)}, {each.where}" + (f" ({each.why})" if each.why else "")
        for each in queries.openings_of(point, shown, shown)
    ]
    return {
        "point": point, "day": polish_date(shown, with_weekday=True), "openings": openings, "words": words,
        "find_form": FindForm({"szukaj": words}),
        "appointments": [_row(each, at) for each in rows], "earlier": f"{shown - timedelta(days=1)}",
        "later": f"{shown + timedelta(days=1)}", "shown": f"{shown}",
        "found": [(each, polish_date(each.happened_at), terms.topic_name(each.topic, each.happened_at)) for each in found],
    }  # fmt: skip


def _row(each: Appointment, at: datetime) -> dict[str, Any]:
    return {
        "appointment": each, "time": polish_time(each.starts_at), "is_booked": each.state == State.BOOKED,
        "may_miss": each.state == State.BOOKED and each.starts_at <= at, "may_cancel": rules.is_cancellable(each, at),
        "conversation": getattr(each, "conversation", None),
    }  # fmt: skip


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Came, did not come, or called off by the point."""
    check(request, "serve")
    mine = get_object_or_404(Appointment.objects.select_related("point"), pk=pk)
    person, why = request.user, request.POST.get("why", "")
    deeds = {
        "came": (partial(actions.note_visit, appointment=mine, has_come=True, person=person), _("Noted: the person came.")),
        "missed": (partial(actions.note_visit, appointment=mine, has_come=False, person=person), _("Noted: nobody came.")),
        "cancel": (
            partial(actions.cancel_appointment, appointment=mine, why=why, person=person),
            _("Called off. Whoever left an address was told."),
        ),
    }
    name = request.POST.get("deed", "")
    if name not in deeds:
        raise Http404
    return press(request, *deeds[name], f"{reverse('advice_day', args=[mine.point_id])}?dzien={local_day(mine.starts_at)}")


@once_only
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A time for whoever telephones or stands at the desk."""
    at = check(request, "serve")
    point = get_object_or_404(queries.working_points(), pk=pk)
    free = queries.free_times_of(point, at)
    times = [(each.key, f"{polish_moment(each.starts_at, with_weekday=True)}, {each.where}") for each in free]
    form = BookForSomebodyForm(request.POST if request.method == "POST" else None, times=times)
    if form.is_valid():
        try:
            chosen = next(each for each in free if each.key == form.cleaned_data["starts_at"])
            wanted = {"starts_at": chosen.starts_at, "outing_id": chosen.outing_id}
            made = actions.book_for_somebody(point=point, guest=form.guest(), person=request.user, **wanted)
            messages.success(request, _("Booked: %(moment)s.") % {"moment": polish_moment(made.starts_at, with_weekday=True)})
            return redirect(f"{reverse('advice_day', args=[pk])}?dzien={local_day(made.starts_at)}")
        except rules.AdviceRefused as refusal:
            form.add_error("starts_at", str(refusal))
    return render(request, "advice/staff/book.html", {"point": point, "form": form, "has_times": bool(times)})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said at one appointment."""
    at = check(request, "serve")
    mine = get_object_or_404(Appointment.objects.select_related("point", "outing"), pk=pk)
    if getattr(mine, "conversation", None) is not None:
        return redirect("advice_conversation", mine.conversation.pk)
    start = {"way": Way.BOOKED, "happened_at": min(mine.starts_at, at)}
    form = ConversationForm(request.POST if request.method == "POST" else None, at=at, initial=start)
    if form.is_valid():
        try:
            actions.log_conversation(point=mine.point, said=form.said(mine.outing), appointment=mine, person=request.user)
            messages.success(request, _("Written down."))
            return redirect(f"{reverse('advice_day', args=[mine.point_id])}?dzien={local_day(mine.starts_at)}")
        except rules.AdviceRefused as refusal:
            form.add_error(None, str(refusal))
    if mine.words:
        record_read(subject=mine, fields=["words"], actor=request.user)
    context = {"form": form, "point": mine.point, "moment": polish_moment(mine.starts_at), "about": mine.words}
    return render(request, "advice/staff/conversation.html", context)


def page_of(request: HttpRequest) -> int:
    """The asked page of a list."""
    return plain_number(request.GET.get("p", "")) or 1
