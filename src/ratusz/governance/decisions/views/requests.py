"""From a request of the Office's register, or from what the report of a consultation promised, to the draft of a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ratusz.casework.requests.models import Request
from ratusz.foundation.kit.clock import database_now
from ratusz.governance.decisions import actions, from_effects, from_requests, rules
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.decisions import State
from ratusz.participation.reports.models import Effect


@require_POST
def from_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the draft, or opens the one that is there."""
    made = _source(request, Request, pk, from_requests.may_draft)
    decision = actions.draft_from_request(request=made, person=request.user)
    return _opened(request, decision, _("It is a draft. Write what is decided; the request is linked."))


@require_POST
def from_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """The same from an effect that the report of a consultation promised."""
    made = _source(request, Effect, pk, from_effects.may_draft)
    decision = actions.draft_from_effect(effect=made, person=request.user)
    return _opened(request, decision, _("It is a draft. Write what is decided; the report of the consultation is linked."))


def _source(request: HttpRequest, model: Any, pk: int, may_draft: Callable[[Any, Any, datetime], bool]) -> Any:
    """What the draft is made of; whoever may write none learns nothing of which numbers there are."""
    at, made = database_now(), model.objects.filter(pk=pk).first()
    if not (rules.may(request.user, "draft", None, at) if made is None else may_draft(made, request.user, at)):
        raise PermissionDenied
    if made is None:
        raise Http404
    return made


def _opened(request: HttpRequest, decision: Decision, said: str) -> HttpResponse:
    if decision.state != State.DRAFT:
        return redirect("decisions_decision", decision.pk)
    messages.success(request, said)
    return redirect("decisions_draft", decision.pk)
