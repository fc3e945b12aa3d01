"""Surveys for everybody: what is asked now and what was asked, and what each survey is about."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys import queries, rules
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.notes import selection_note
from ratusz.participation.surveys.results.reading import are_public
from ratusz.participation.surveys.views.speaking import until

ON_A_PAGE = 20


@never_cache
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """What is open now, the sooner it ends the earlier; then what is over, a page at a time."""
    at, language = database_now(), get_language() or "pl"
    now = [_told(each, language) for each in queries.closing_soon(at).filter(is_listed=True).select_related("unit")[:ON_A_PAGE]]
    page = Paginator(queries.over(at), ON_A_PAGE).get_page(request.GET.get("p"))
    over = [_told(each, language) for each in page.object_list]
    return render(request, "surveys/list.html", {"now": now, "over": over, "page": page})


def _told(survey: Survey, language: str) -> dict[str, Any]:
    return {
        "survey": survey, "title": survey.said("title", language), "lead": survey.said("lead", language),
        "until": until(survey, language), "url": survey.get_absolute_url(),
    }  # fmt: skip


@never_cache
@require_safe
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """What one survey is about, whom it asks, how to answer online and on paper; when it is over, how many did."""
    found = get_object_or_404(Survey.objects.public().select_related("unit"), slug=slug)
    at, language = database_now(), get_language() or "pl"
    spoken = rules.language_of(found, language)
    context = _told(found, spoken) | {
        "has_results": are_public(found, at),
        "is_open": found.takes_answers(at), "is_over": found.is_over(at), "note": selection_note(found),
        "languages": [
            (code, rules.LANGUAGES[code], reverse("answer:start", args=[found.slug, code])) for code in found.languages
        ],
        "start": reverse("answer:start", args=[found.slug, spoken]),
    }  # fmt: skip
    return render(request, "surveys/survey.html", context)
