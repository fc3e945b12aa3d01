"""Residents' requests without an account: which form, the form, the receipt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.requests import actions, queries, rules, wording
from ratusz.casework.requests.forms import FORMS
from ratusz.casework.requests.models import Kind
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.people.actions.limits import use_up
from ratusz.ui import chrome

RECEIPT = "requests.receipt"
RECEIPT_LIVES = timedelta(hours=2)


@require_safe
def choice(request: HttpRequest) -> HttpResponse:
    """The three requests, each with its term."""
    terms = {kind.name.lower(): wording.term(kind, timezone.now()) for kind in Kind}
    return render(request, "requests/choice.html", {"number_url": chrome.of(request).check_number_url, "terms": terms})


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def make_request(request: HttpRequest, kind: str) -> HttpResponse:
    """A form; a refusal loses nothing of what was typed, the same form sent twice is one request.

    Closed while no rule says the term: a page says how else to ask.
    """
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    term, status = wording.term(kind, timezone.now()), 200
    if not term:
        title = wording.capital(str(Kind(kind).label))
        return render(request, "requests/closed.html", {"title": title, "contact": chrome.of(request).contact}, status=503)
    if form.is_valid():
        key = client_line(request)
        if use_up(kind="request", key=key, most=rules.SENDS, within=rules.SENDS_WITHIN):
            made = actions.receive_request(kind=kind, facts=form.facts(), form_key=form.cleaned_data["form_key"])
            token = sign_link(RECEIPT, made.pk, database_now() + RECEIPT_LIVES)
            return redirect("requests:received", token)
        form.add_error(None, _("Many requests came from this connection within an hour. Wait an hour, or call or write to us."))
        status = 429
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "kept_years": rules.kept_days() // 365,
        "term": term,
    }
    return render(request, f"requests/{kind}.html", context, status=status)


@never_cache
@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt; its link lives two hours, the number on it as long as the request."""
    try:
        number = read_link(RECEIPT, token, database_now())
    except LinkRefused:
        return render(request, "requests/receipt_gone.html", {"number_url": chrome.of(request).check_number_url}, status=404)
    made = get_object_or_404(queries.with_terms(), pk=number)
    until = polish_until(made.due_at) if made.due_at else ""
    context = {"made": made, "until": until, "is_sent": rules.is_sendable(made), "number_url": chrome.of(request).check_number_url}
    context |= {"title_of_kind": wording.capital(made.get_kind_display()), "when": polish_moment(made.received_at)}
    answer = render(request, "requests/received.html", context)
    answer["Referrer-Policy"] = "same-origin"
    return answer
