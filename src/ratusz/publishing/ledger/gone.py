"""What stands at the address of a page taken down: the way to another page, or in words that it is gone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from .models import Unpublishing

ASK_AGAIN = {"Cache-Control": "no-cache"}
"""Browsers keep what is gone or led on for good without asking again, and a page can be brought back a minute later."""


def answer_where_it_was(request: HttpRequest) -> HttpResponse | None:
    """For the website's registry; asked only when no page is published at the address."""
    down = Unpublishing.objects.in_force().select_related("redirect_to").filter(address=request.path).first()
    if down is None:
        return None
    target = down.redirect_to
    if target is not None and target.live and (url := target.get_url(request)):
        return HttpResponsePermanentRedirect(url, headers=ASK_AGAIN)
    answer = render(request, "ledger/public/gone.html", {"down": down}, status=410)
    answer["Cache-Control"] = ASK_AGAIN["Cache-Control"]
    return answer
