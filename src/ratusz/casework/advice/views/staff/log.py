"""The log of all points: search, one entry, figures of a period, files to take away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.advice import actions, papers, queries, rules, terms
from ratusz.casework.advice.forms_staff import ConversationForm, LogFilter, PeriodForm, initial_of
from ratusz.casework.advice.models import Conversation
from ratusz.casework.advice.views.staff.day import page_of
from ratusz.casework.advice.views.staff.deeds import check, press
from ratusz.foundation.kit.dates import polish_date, polish_moment, polish_range
from ratusz.foundation.kit.made_files import CSV, XLSX, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.once.sending import once_only

PAGE, MOST = 50, 20_000


@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """Earlier questions with their answers, narrowed."""
    at = check(request, "serve")
    form = LogFilter(request.GET, at=at)
    page = Paginator(queries.conversations(**form.chosen()), PAGE).get_page(page_of(request))
    rows = [(each, polish_date(each.happened_at), terms.topic_name(each.topic, each.happened_at)) for each in page]
    query = request.GET.copy()
    query.pop("p", None)
    return render(request, "advice/staff/log.html", {"form": form, "page": page, "rows": rows, "query": query.urlencode()})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what was asked and advised; mended here when something in it is wrong."""
    check(request, "serve")
    found = get_object_or_404(Conversation.objects.select_related("point", "outing", "appointment"), pk=pk)
    form = ConversationForm(
        request.POST if request.method == "POST" else None, at=found.happened_at, initial=initial_of(found)
    )  # fmt: skip
    if form.is_valid():
        try:
            actions.correct_conversation(conversation=found, said=form.said(found.outing), person=request.user)
            messages.success(request, _("Mended."))
            return redirect("advice_conversation", pk)
        except rules.AdviceRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form, "point": found.point, "moment": polish_moment(found.happened_at), "conversation": found,
        "done": polish_moment(found.followed_up_at) if found.followed_up_at else "",
    }  # fmt: skip
    return render(request, "advice/staff/conversation.html", context)


@require_POST
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised is done."""
    check(request, "serve")
    found = get_object_or_404(Conversation, pk=pk)
    deed = partial(actions.note_followed_up, conversation=found, person=request.user)
    return press(request, deed, _("Noted: it is done."), "advice_conversation", pk)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How many came, how, with what, from where."""
    at = check(request, "see")
    form = PeriodForm(request.GET)
    first, last = form.days(at)
    point = form.cleaned_data.get("punkt") if form.is_valid() else None
    context = {"form": form, "period": polish_range(first, last), "query": request.GET.urlencode()}
    context |= papers.in_words(queries.figures(first, last, point), last)
    return render(request, "advice/staff/figures.html", context)


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The log of a filter as a workbook with the figures of its period, or as CSV. Nobody is named in it."""
    at = check(request, "serve")
    if kind not in ("xlsx", "csv"):
        raise Http404
    form = LogFilter(request.GET, at=at)
    rows = list(queries.conversations(**form.chosen())[:MOST])
    if kind == "csv":
        return made_file("".join(csv_lines(papers.csv_rows(rows))).encode(), CSV, "rozmowy.csv")
    return made_file(papers.workbook(rows, *_period(form, at)), XLSX, "rozmowy.xlsx")


def _period(form: LogFilter, at: datetime) -> tuple[dict[str, Any], Any]:
    first, last = form.days(at)
    return queries.figures(first, last, form.chosen()["point"]), last
