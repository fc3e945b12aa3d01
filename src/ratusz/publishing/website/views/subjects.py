"""What can be followed besides a district: topics and units of the Office, each with a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ratusz.publishing.website import queries
from ratusz.publishing.website.models import Topic, UnitProfile
from ratusz.publishing.website.page_cache import shows
from ratusz.publishing.website.registries import parts_of, topic_parts, unit_parts
from ratusz.publishing.website.shown_things import CARE, DATES, WIRE


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics with what each is about."""
    shows(request)
    return render(request, "website/topics.html", {"topics": Topic.objects.in_use()})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What the city says about one topic."""
    shows(request, WIRE, DATES)
    found = get_object_or_404(Topic, slug=slug)
    context = {
        "topic": found,
        "news": queries.news_about(get_language() or "pl", topic=found),
        "open_things": queries.things_of(request.moment, topic=found),
        "parts": parts_of(topic_parts, found, request.moment),
    }
    return render(request, "website/topic.html", context)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Units of the Office that residents deal with."""
    shows(request)
    return render(request, "website/units.html", {"profiles": UnitProfile.objects.working()})


@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a unit is for, how to reach it, its pages and news."""
    shows(request, WIRE, DATES, CARE)
    profile = get_object_or_404(UnitProfile.objects.select_related("unit"), slug=slug)
    language = get_language() or "pl"
    context = {
        "profile": profile,
        "unit": profile.unit,
        "news": queries.news_about(language, unit=profile.unit),
        "pages": queries.pages_of_unit(profile.unit, language),
        "open_things": queries.things_of(request.moment, unit=profile.unit),
        "parts": parts_of(unit_parts, profile, request.moment),
    }
    return render(request, "website/unit.html", context)
