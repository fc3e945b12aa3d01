"""What staff screens of register, declarations, points and paper share: who gets in, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import rules
from ratusz.participation.voting.models import Vote


def require_may(request: HttpRequest, deed: str) -> None:
    """Whoever may not do the deed gets no screen of it."""
    if not rules.may(request.user, deed, None, database_now()):
        raise PermissionDenied


def vote_for(request: HttpRequest, pk: int, deed: str) -> Vote:
    """The vote of a screen, for whoever may do its deed."""
    require_may(request, deed)
    return get_object_or_404(Vote.objects.select_related("edition"), pk=pk)


def attempt(request: HttpRequest, deed: Callable[[], Any], done: str) -> bool:
    """Does it and says so, or says why not; whether it was done."""
    try:
        deed()
    except rules.VoteRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A file that is made in this answer and kept nowhere, by no cache either."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
