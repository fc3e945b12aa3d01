"""Answers in own words: read one by one, looked through, and put together where they say alike."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ratusz.foundation.audit import actions as audit
from ratusz.foundation.kit.analysis.whole import COPIES, LETTERS, TOPIC
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.kit.words import search_key
from ratusz.participation.surveys.forms.staff import OpenAnswersForm
from ratusz.participation.surveys.results import open_answers, reading
from ratusz.participation.surveys.views.staff.deeds import survey_for

ON_A_PAGE = 50
KINDS = {COPIES: _("nearly the same words"), LETTERS: _("one template"), TOPIC: _("one topic")}


@require_safe
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """One question at a time; the reading is recorded, as words may tell who wrote them."""
    survey, _at = survey_for(request, pk, "publish")
    asked = open_answers.questions(reading.items_of(survey))
    form = OpenAnswersForm(request.GET, asked=asked, label_suffix="")
    form.is_valid()
    key = form.cleaned_data.get("pytanie") or next((key for key, _words in asked), "")
    said = open_answers.answers(survey, key) if key else []
    groups = open_answers.alike(said) if "grupy" in request.GET else []
    rows = _narrowed(said, groups, form.cleaned_data.get("szukaj", ""), request.GET.get("grupa", ""))
    if said:
        audit.record_read(subject=survey, fields=["answers"], reason=key)
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "survey": survey, "asked": asked, "form": form, "total": len(said), "query": query.urlencode(),
        "groups": [(number, KINDS[each.kind], each) for number, each in enumerate(groups, 1)], "is_grouped": "grupy" in request.GET,
        "is_too_many": len(said) > open_answers.MOST_GROUPED, "most": open_answers.MOST_GROUPED,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p")),
    }  # fmt: skip
    return render(request, "surveys/staff/open_answers.html", context)


def _narrowed(said: list[str], groups: list[Any], wanted: str, group: str) -> list[str]:
    """Answers of the chosen group that hold the wanted words, without regard to accents."""
    number = plain_number(group) or 0
    chosen = groups[number - 1].places if 0 < number <= len(groups) else range(len(said))
    return [said[place] for place in chosen if search_key(wanted) in search_key(said[place])]
