"""Layouts: the list of requests, a new one, one of them with its rounds, answers, marks and final file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Appointment
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.actions.layouts import subject_of
from ratusz.publishing.newsroom.forms import AnswerForm, FileForm, LayoutForm
from ratusz.publishing.newsroom.models import LayoutRequest, LayoutState
from ratusz.publishing.newsroom.rules import may, words_of_points
from ratusz.publishing.newsroom.views.answering import check, done, told

PAGE = 30


@require_safe
def layouts(request: HttpRequest) -> HttpResponse:
    """The department sees all requests, a unit its own; open ones unless ?stan=wszystkie."""
    check(request, "see_layouts")
    at = database_now()
    found = LayoutRequest.objects.select_related("unit")
    if not may(request.user, "answer_layout", None, at):
        own = Appointment.objects.in_force(at).filter(person=request.user.pk, role__code="unit_editor").values("unit")
        found = found.filter(unit__in=own)
    shows_all = request.GET.get("stan") == "wszystkie"
    page = Paginator(found if shows_all else found.open(), PAGE).get_page(request.GET.get("p"))
    clocks = {clock.subject: clock for clock in Clock.objects.running().filter(subject__in=[subject_of(each) for each in page])}
    rows = [(each, *_term(clocks.get(subject_of(each)), at)) for each in page]
    context = {"page": page, "rows": rows, "shows_all": shows_all, "page_title": _("Layouts to approve")}
    return render(request, "newsroom/staff/layouts.html", context)


def _term(clock: Clock | None, at: datetime) -> tuple[str, bool]:
    """Until when an answer is due, as the desk says it, and whether it is late."""
    if clock is None or clock.due_at is None:
        return "", False
    return polish_until(clock.due_at), clock.due_at <= at


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_layout(request: HttpRequest) -> HttpResponse:
    """A request with its first file, sent at once."""
    check(request, "send_layout")
    form = LayoutForm(request.POST or None, request.FILES or None, person=request.user, at=database_now())
    made: list[LayoutRequest] = []
    if request.method == "POST" and form.is_valid() and done(form, lambda: made.append(_start(request, form)), field="file"):
        messages.success(request, _("The department has the layout. The answer comes within three working days."))
        return redirect("newsroom_layout", made[0].pk)
    context = {"form": form, "page_title": _("Send a layout to be approved")}
    return render(request, "newsroom/staff/new_layout.html", context, status=400 if form.errors else 200)


def _start(request: HttpRequest, form: LayoutForm) -> LayoutRequest:
    facts = dict(form.cleaned_data)
    return actions.send_new_layout(upload=facts.pop("file"), person=request.user, **facts)


@require_safe
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: every round with its answer, the marks allowed, the final file."""
    return _page(request, _found(request, pk))


@once_only
@require_POST
def send_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The mended layout, or the final file of an approved one."""
    found = _found(request, pk)
    form = FileForm(request.POST, request.FILES)
    send = actions.add_final_file if found.state == LayoutState.APPROVED else actions.send_layout
    if form.is_valid() and done(
        form, lambda: send(request=found, upload=form.cleaned_data["file"], person=request.user), field="file"
    ):
        messages.success(request, _("The file is sent."))
        return redirect("newsroom_layout", pk)
    return _page(request, found, file_form=form)


@once_only
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The department's answer."""
    found = _found(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid() and done(form, lambda: actions.answer_layout(request=found, person=request.user, **form.cleaned_data)):
        messages.success(request, _("The unit has the answer."))
        return redirect("newsroom_layout", pk)
    return _page(request, found, answer_form=form)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more will be done with it."""
    found = _found(request, pk)
    told(request, lambda: actions.close_layout(request=found, person=request.user), _("The request is closed."))
    return redirect("newsroom_layout", pk)


def _found(request: HttpRequest, pk: int) -> LayoutRequest:
    check(request, "see_layouts")
    found = get_object_or_404(LayoutRequest.objects.select_related("unit", "final_file").prefetch_related("rounds__file"), pk=pk)
    if not may(request.user, "see_layout", found, database_now()):
        raise PermissionDenied
    return found


def _page(request: HttpRequest, found: LayoutRequest, **forms_given: Any) -> HttpResponse:
    at = database_now()
    sends, answers = may(request.user, "send_layout", found, at), may(request.user, "answer_layout", found, at)
    rounds = [(each, words_of_points(each.unmet_points)) for each in found.rounds.select_related("file", "sent_by", "answered_by")]
    due, is_late = _term(Clock.objects.running().filter(subject=subject_of(found)).first(), at)
    context = {
        "layout": found, "rounds": rounds, "marks": found.allowed_marks.all(), "page_title": _("Layout to approve"), "due": due,
        "is_late": is_late,
        "answers": answers and found.state == LayoutState.WITH_BRAND, "closes": sends and found.state != LayoutState.CLOSED,
        "sends": sends and found.state in (LayoutState.DRAFT, LayoutState.WITH_UNIT),
        "finishes": sends and found.state == LayoutState.APPROVED,
        "own_round": not answers and found.state == LayoutState.WITH_BRAND and may(request.user, "answer_layout", None, at),
        "file_form": FileForm(), "answer_form": AnswerForm(), **forms_given,
    }  # fmt: skip
    refused = any(form.is_bound and form.errors for form in forms_given.values())
    return render(request, "newsroom/staff/layout.html", context, status=400 if refused else 200)
