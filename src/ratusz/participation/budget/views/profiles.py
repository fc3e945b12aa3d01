"""The page of the budget's profiles, and where one can ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ratusz.participation.budget import presentation
from ratusz.participation.budget.models import Profile
from ratusz.publishing.website.own_sites import full_address
from ratusz.publishing.website.page_cache import shows
from ratusz.ui import chrome


def profiles(request: HttpRequest) -> HttpResponse:
    """Profiles the city keeps with what each says of itself, those it closed, the Office's address."""
    shows(request)
    every = list(Profile.objects.order_by("position", "pk"))
    context = {
        "profiles": [one for one in every if one.closed_at is None], "closed": [one for one in every if one.closed_at],
        "crumbs": presentation.crumbs(), "office": chrome.office_lines(), "contact_url": full_address("/kontakt/"),
    }  # fmt: skip
    return render(request, "budget/profiles.html", context)
