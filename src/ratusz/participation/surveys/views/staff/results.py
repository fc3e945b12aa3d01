"""Results as they come in, two questions beside each other, whom we heard so far, and all answers to take away."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit import actions as audit
from ratusz.foundation.kit.words import grouped
from ratusz.participation.surveys import actions, queries, rules
from ratusz.participation.surveys.actions.exports import MEDIA, WRITERS
from ratusz.participation.surveys.models import AnswersExport, Channel, Survey
from ratusz.participation.surveys.notes import selection_note
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.results import heard as whom
from ratusz.participation.surveys.results import papers, reading
from ratusz.participation.surveys.results.presentation import shown_groups, shown_heard
from ratusz.participation.surveys.results.tables import HIDDEN
from ratusz.participation.surveys.results.tally import ONE_CHOICE
from ratusz.participation.surveys.results.weighted import by_population
from ratusz.participation.surveys.views.staff.deeds import press, survey_for

MOST_AT_ONCE = 5000
"""Answers that a page may write while somebody waits for it."""


@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Every question so far; narrowed to a channel, or two questions beside each other."""
    survey, at = survey_for(request, pk, "see")
    channel = request.GET.get("kanal", "")
    channel = channel if channel in Channel.values else ""
    found = reading.results(survey, channel)
    asked = [item for item in reading.items_of(survey) if item["kind"] in ONE_CHOICE]
    context = {
        "survey": survey, "groups": shown_groups(found), "channel": channel, "channels": Channel.choices,
        "asked": [(item["code"], c.text_of(item["text"], "pl")) for item in asked], "crossed": _crossed(request, survey, asked),
        "note": selection_note(survey, sum(each.answers for each in found)), "is_public": reading.are_public(survey, at),
        "first": request.GET.get("wiersze", ""), "second": request.GET.get("kolumny", ""),
    }  # fmt: skip
    return render(request, "surveys/staff/results.html", context)


def _crossed(request: HttpRequest, survey: Survey, asked: list[c.Item]) -> list[dict[str, Any]]:
    """One table for each group; nothing before two questions are chosen."""
    known = {item["code"]: item for item in asked}
    first, second = known.get(request.GET.get("wiersze", "")), known.get(request.GET.get("kolumny", ""))
    if first is None or second is None or first is second:
        return []
    groups = reading.groups_of(survey, reading.items_of(survey))
    return [{"group": group, **_table(reading.beside(survey, first, second, group))} for group in groups]


def _table(found: reading.Crossed) -> dict[str, Any]:
    rows = [
        (label, [HIDDEN if count is None else grouped(count) for count in counts])
        for label, counts in zip(found.rows, found.counts, strict=True)
    ]
    return {"base": grouped(found.base), "columns": found.columns, "rows": rows}


@require_safe
def heard(request: HttpRequest, pk: int) -> HttpResponse:
    """Parts of the city that answered less than their share of people, to steer what is still to be done."""
    survey, at = survey_for(request, pk, "see")
    found = whom.comparisons(survey, at)
    weighted = by_population(survey, at)
    context = {
        "survey": survey, "found": [shown_heard(each, survey) for each in found], "bounds": whom.Bounds.at(at),
        "note": selection_note(survey, queries.answers_of(survey).count()),
        "may_load": rules.may(request.user, "publish", None, at),
        "weighted": papers.weighted_rows(weighted) if weighted else [],
        "method": papers.weighted_words(weighted) if weighted else "",
    }  # fmt: skip
    return render(request, "surveys/staff/heard.html", context)


@require_safe
def answers(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Every answer with the codebook at once, where they are few; who took it away stands in the record."""
    survey, _at = survey_for(request, pk, "publish")
    if kind not in WRITERS:
        raise Http404
    if queries.answers_of(survey).count() > MOST_AT_ONCE:
        messages.warning(request, _("There are many answers: have the file prepared, it waits for you here."))
        return redirect("surveys_exports", survey.pk)
    audit.record_read(subject=survey, fields=["answers"], reason=kind)
    content, _written = WRITERS[kind](survey)
    answer = FileResponse(content, as_attachment=True, filename=f"ankieta-{survey.slug}.{kind}", content_type=MEDIA[kind])
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest, pk: int) -> HttpResponse:
    """Files prepared in the background: asked for here, with their progress, number of rows and checksum."""
    survey, _at = survey_for(request, pk, "publish")
    kind = request.POST.get("kind", "")
    if request.method == "POST" and kind in WRITERS:
        deed = partial(actions.ask_export, survey=survey, kind=kind, person=request.user)
        return press(request, deed, _("The file is being prepared. Look here again in a moment."), "surveys_exports", survey.pk)
    found = list(survey.exports.select_related("file", "asked_by")[:20])
    context = {
        "survey": survey, "rows": [(each, each.file if each.file and not each.file.deleted_at else None) for each in found],
        "kinds": AnswersExport.Kind.choices, "is_open": any(each.is_open for each in found),
    }  # fmt: skip
    return render(request, "surveys/staff/exports.html", context)
