"""The roster of duty in the Wagtail admin: who has it now, who in the weeks to come; heads set, change and cancel turns."""

from __future__ import annotations

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.coordination.desk import actions, queries, rules
from ratusz.coordination.desk.forms import DutyForm
from ratusz.coordination.desk.models import DutyTurn
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only


def for_heads(view):
    """Whoever may set turns at all."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rules.may(request.user, "set", None, database_now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Who has the duty now, and every turn to come."""
    at = database_now()
    if not rules.may(request.user, "see", None, at):
        raise PermissionDenied
    turns = queries.turns_ahead(at)
    context = {
        "running": [turn for turn in turns if turn.starts <= at], "coming": [turn for turn in turns if turn.starts > at],
        "may_set": rules.may(request.user, "set", None, at),
    }  # fmt: skip
    return render(request, "desk/staff/duties.html", context)


@once_only
@for_heads
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new turn, or another person or moment for one; a refused form keeps what was typed."""
    at = database_now()
    turn = get_object_or_404(DutyTurn.objects.not_over(at), pk=pk) if pk else None
    form = DutyForm(request.POST if request.method == "POST" else None, at=at, turn=turn)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("kind", "starts", "ends")}
        try:
            actions.set_duty(**facts, on_duty=form.cleaned_data["person"], person=request.user, turn=turn)
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The duty is set."))
            return redirect("desk_duties")
    return render(request, "desk/staff/duty.html", {"form": form, "turn": turn})


@for_heads
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancels a turn; one that runs ends now."""
    try:
        actions.cancel_duty(turn=get_object_or_404(DutyTurn, pk=pk), person=request.user)
    except rules.Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The duty is cancelled."))
    return redirect("desk_duties")
