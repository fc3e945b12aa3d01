"""The website's part of meetings: list, page, registering, one's own place."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from ratusz.casework.meetings import links


def my_place(request: HttpRequest, token: str) -> HttpResponse:
    """One's own place behind a personal link."""
    if links.registration_of(token) is None:
        raise Http404
    return HttpResponse("")
