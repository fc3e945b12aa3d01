"""A resident answers the question of a ballot; everybody sees the result after the end, and what did not count and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.polls import papers, plugged, presentation, queries
from ratusz.participation.polls.actions.casting import cast
from ratusz.participation.polls.forms import BallotForm
from ratusz.participation.polls.models import Poll
from ratusz.participation.remarks import links, rules, wording
from ratusz.participation.remarks.rules import RemarkRefused
from ratusz.ui.languages import in_ukrainian
from ratusz.ui.parts import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _poll(slug: str, number: int) -> Poll:
    found = Poll.objects.select_related("form__consultation", "form__area__district")
    return get_object_or_404(found, form=number, form__consultation__slug=slug, form__consultation__announced_at__isnull=False)


def _facts(poll: Poll, at: datetime) -> dict[str, Any]:
    form, consultation = poll.form, poll.form.consultation
    return {
        "poll": poll, "consultation": consultation, "who": presentation.residence_words(poll), "advisory": presentation.advisory(),
        "until": rules.end_in_words(consultation, form), "is_open": bool(plugged.take_part_url(form, at)),
        "is_over": consultation.has_ended(local_day(at)), "urns": poll.urns.all(),
    }  # fmt: skip


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, slug: str, form: int) -> HttpResponse:
    """The ballot; whatever is refused stays typed, and the receipt is the author's own page."""
    poll, at = _poll(slug, form), database_now()
    asked = BallotForm(request.POST if request.method == "POST" else None, poll=poll, at=at, line=client_line(request))
    if asked.is_valid():
        clean = asked.cleaned_data
        try:
            intake = cast(
                poll=poll,
                choice=clean["choice"],
                author=asked.author(),
                form_key=clean["form_key"],
                language=get_language() or "pl",
            )
            return redirect("remarks:mine", links.token_of(intake))
        except RemarkRefused as refusal:
            asked.add_error(None, str(refusal))
    context = _facts(poll, at) | {"form": asked, "clause": wording.clause(poll.form.consultation, at)}
    return render(request, "polls/vote.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote_in_ukrainian(request: HttpRequest, slug: str, form: int) -> HttpResponse:
    """The same ballot in Ukrainian, which the rest of the portal does not speak."""
    return in_ukrainian(lambda: vote(request, slug, form))


@require_safe
def result(request: HttpRequest, slug: str, form: int) -> HttpResponse:
    """The question while people vote; after the end the result, the ballots that do not count, and the later decision."""
    poll, at = _poll(slug, form), database_now()
    context = _facts(poll, at)
    if context["is_over"]:
        found = queries.result_of(poll)
        head, rows = presentation.reasons_table(found, at)
        context |= {
            "result": found, "verdict": presentation.verdict(found), "numbers": presentation.numbers(found),
            "columns": _columns(presentation.answers_head()), "answers": _rows(presentation.answers_table(found)),
            "reason_columns": _columns(head), "reasons": _rows(rows),
            "decided": polish_date(poll.decided_on) if poll.decided_on else "",
        }  # fmt: skip
    return render(request, "polls/result.html", context)


def _columns(head: Sequence[str]) -> list[Column]:
    return [Column(str(index), label, is_heading=index == 0, is_number=index > 0) for index, label in enumerate(head)]


def _rows(rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    return [{str(index): cell for index, cell in enumerate(row)} for row in rows]


@require_safe
def download(request: HttpRequest, slug: str, form: int, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The result as CSV or a workbook, after the end."""
    poll, at = _poll(slug, form), database_now()
    if kind not in ("csv", "xlsx") or not poll.form.consultation.has_ended(local_day(at)):
        raise Http404
    found, name = queries.result_of(poll), f"wynik-{poll.form_id}.{kind}"
    if kind == "xlsx":
        return made_file(presentation.workbook(poll, found, at), XLSX, name)
    lines = "".join(csv_lines(presentation.table_rows(poll, found, at)))
    return made_file(lines.encode(), "text/csv; charset=utf-8", name)


@require_safe
def paper(request: HttpRequest, slug: str, form: int) -> HttpResponse:
    """The ballot to print."""
    made = papers.ballot_paper(_poll(slug, form).form, database_now())
    if made is None:
        raise Http404
    return made_file(made.content, made.media_type, made.name)
