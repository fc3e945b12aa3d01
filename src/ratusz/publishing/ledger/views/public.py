"""Readers' answers. The page that asks is kept for everybody, so it carries no form token: an answer acts for nobody and reads no
session; twice is once by the row, not by a token. The page that thanks is nobody's but the reader's, and never kept."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.ledger import actions, rules
from ratusz.publishing.ledger.forms import CommentForm
from ratusz.publishing.ledger.models import ReaderAnswer
from ratusz.publishing.website.models import PublicPage

ANSWERS = {"tak": True, "nie": False}


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest, page_id: int) -> HttpResponse:
    """Yes or no about a published page."""
    page = get_object_or_404(Page.objects.live().public().type(PublicPage), pk=page_id)
    # Another website's form in a reader's browser answers nothing: the reader sees the question instead.
    is_asked = request.method == "POST" and request.headers.get("Sec-Fetch-Site") != "cross-site"
    is_useful = ANSWERS.get(request.POST.get("odpowiedz", "")) if is_asked else None
    if is_useful is None:
        return render(request, "ledger/public/useful.html", {"page": page})
    try:
        answer = actions.answer_page(page=page, is_useful=is_useful, connection_address=client_line(request))
    except rules.TooManyAnswers:
        return render(request, "ledger/public/useful.html", {"page": page, "too_many": True}, status=429)
    return redirect("ledger:thanks", answer.pk)


@never_cache
@csrf_exempt
@sensitive_post_parameters("comment")
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, key: UUID) -> HttpResponse:
    """The reader's words, if there are any. The key in the address is the permission; it is good for an hour, once."""
    answer = get_object_or_404(ReaderAnswer.objects.select_related("page"), pk=key)
    form = CommentForm(request.POST if request.method == "POST" else None)
    may_write = rules.may_still_comment(answer.answered_at, bool(answer.comment), database_now())
    context = {"form": form, "page": answer.page, "is_done": bool(answer.comment), "is_over": not may_write}
    if form.is_valid():
        try:
            actions.add_comment(key=key, text=form.cleaned_data["comment"])
        except rules.TooLateToComment:
            return render(request, "ledger/public/thanks.html", context | {"is_done": False, "is_over": True}, status=410)
        return redirect("ledger:thanks", key)
    return render(request, "ledger/public/thanks.html", context)
