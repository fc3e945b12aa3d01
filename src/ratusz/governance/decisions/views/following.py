"""Follow a decision by e-mail: ask, confirm from the mailbox, stop by one press. A GET changes nothing."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.notifications.registry import purposes
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.people.actions.limits import use_up
from ratusz.governance.decisions import actions, follow_links
from ratusz.governance.decisions.forms import FollowForm
from ratusz.governance.decisions.models.people import FOLLOWED
from ratusz.governance.decisions.views.public import shown_or_404

ASKS, ASKS_WITHIN = 20, timedelta(minutes=10)


@private
@csrf_protect
@sensitive_post_parameters("email")
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; the answer is the same whether the address is known or not."""
    decision = shown_or_404(slug)
    form, status = FollowForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        if use_up(kind="decisions.follow", key=client_line(request), most=ASKS, within=ASKS_WITHIN):
            try:
                actions.ask_to_follow(decision=decision, email=form.cleaned_data["email"])
            except NotDeliverable:
                form.add_error("email", _("We cannot write to this address. Check it or give another one."))
            else:
                return render(request, "decisions/asked.html", {"decision": decision})
        else:
            form.add_error(None, _("Too many questions came from this connection. Wait ten minutes and send it again."))
            status = 429
    context = {"decision": decision, "form": form, "consent_text": purposes[FOLLOWED].consent_text}
    return render(request, "decisions/follow.html", context, status=status)


@private
@csrf_protect
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that makes the follower; mail scanners follow links, so opening does nothing."""
    at = database_now()
    try:
        decision = follow_links.read_question(token, at).decision
        if request.method == "POST":
            actions.confirm_follow(token=token, at=at)
    except LinkRefused:
        return render(request, "decisions/bad_link.html", status=404)
    context = {"decision": decision, "is_done": request.method == "POST", "consent_text": purposes[FOLLOWED].consent_text}
    return render(request, "decisions/confirm.html", context)


@private
@csrf_protect
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters about this decision, after one press."""
    at = database_now()
    try:
        _address, decision = follow_links.read_stop(token, at)
        if request.method == "POST":
            actions.stop_following(token=token, at=at)
    except LinkRefused:
        return render(request, "decisions/bad_link.html", status=404)
    return render(request, "decisions/stop.html", {"decision": decision, "is_done": request.method == "POST"})
