"""The public list of places where one votes in person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.participation.voting.views.ballot import context_of, in_language, vote_of


def first_page(vote: Any, language: str) -> str:
    """Where this way begins."""
    return reverse("ballot:points", args=[vote.edition.slug, language])


@never_cache
@require_safe
@in_language
def points(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Names and addresses; what to take along."""
    vote = vote_of(edition_slug)
    return render(request, "voting/points.html", context_of(vote, language, "points") | {"points": vote.points.all()})
