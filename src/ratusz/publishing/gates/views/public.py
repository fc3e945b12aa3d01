"""The public page on plain language: how we measure, every exception, and a field to try it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_language.pack import pack
from ratusz.publishing.gates.advice import advice_on
from ratusz.publishing.gates.forms import TextForm


# Nothing is kept or changed, so a foreign form can do no harm here, and readers need no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
def plain_language(request: HttpRequest) -> HttpResponse:
    """The text comes by POST, so that it stands in no address and no log."""
    form = TextForm(request.POST if request.method == "POST" else None)
    advice = None
    if form.is_bound and form.is_valid():
        advice = advice_on(form.cleaned_data["text"], form.cleaned_data["target"], database_now())
    return render(request, "gates/plain_language.html", {"form": form, "advice": advice, "pack": pack()})
