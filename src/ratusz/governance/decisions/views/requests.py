"""From a request of the Office's register to the draft of a decision."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ratusz.casework.requests.models import Request
from ratusz.foundation.kit.clock import database_now
from ratusz.governance.decisions import actions, from_requests, rules
from ratusz.governance.decisions.models.decisions import State


@require_POST
def from_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the draft, or opens the one that is there."""
    made = Request.objects.filter(pk=pk).first()
    if made is None:
        if not rules.may(request.user, "draft", None, database_now()):
            raise PermissionDenied
        raise Http404
    if not from_requests.may_draft(made, request.user, database_now()):
        raise PermissionDenied
    decision = actions.draft_from_request(request=made, person=request.user)
    if decision.state != State.DRAFT:
        return redirect("decisions_decision", decision.pk)
    messages.success(request, _("It is a draft. Write what is decided; the request is linked."))
    return redirect("decisions_draft", decision.pk)
