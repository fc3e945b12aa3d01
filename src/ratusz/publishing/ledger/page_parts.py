"""What the ledger brings to the foot of every page of the portal: "was this page useful?"."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ratusz.publishing.website.registries import PagePart


def question_at_the_foot(page: Any, request: HttpRequest) -> PagePart:
    """For the website's registry. The form carries no token: the page is kept for everybody."""
    return PagePart("", "ledger/public/useful_part.html", {"address": reverse("ledger:useful", args=[page.pk])}, order=10)
