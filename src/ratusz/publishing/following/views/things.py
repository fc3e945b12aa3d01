"""Follow one thing by e-mail: ask, confirm from the mailbox, stop by one press. A GET changes nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
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
from ratusz.publishing.following import actions, thing_links
from ratusz.publishing.following.forms import ThingForm
from ratusz.publishing.following.models import THINGS
from ratusz.publishing.following.queries import thing_of
from ratusz.publishing.following.rules import AskedTooOften


@private
@csrf_protect
@sensitive_post_parameters("email")
def follow(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The form; the answer is the same whether the address is known or not."""
    thing = thing_of(f"{kind}:{number}", database_now())
    if thing is None:
        raise Http404
    form, status = ThingForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            actions.ask_to_follow_thing(thing=thing, email=form.cleaned_data["email"], connection_address=client_line(request))
        except AskedTooOften as refusal:
            form.add_error(None, str(refusal))
            status = 429
        except NotDeliverable:
            form.add_error("email", _("We cannot write to this address. Check it or give another one."))
        else:
            return render(request, "following/thing_asked.html", {"thing": thing})
    context = {"thing": thing, "form": form, "consent_text": purposes[THINGS].consent_text}
    return render(request, "following/thing.html", context, status=status)


@private
@csrf_protect
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that makes the follower; mail scanners follow links, so opening does nothing."""
    at = database_now()
    try:
        thing = thing_links.read_question(token, at).thing
        if request.method == "POST":
            actions.confirm_thing(token=token, at=at)
    except LinkRefused:
        return render(request, "following/thing_bad_link.html", status=404)
    context = {"thing": thing, "is_done": request.method == "POST", "consent_text": purposes[THINGS].consent_text}
    return render(request, "following/thing_confirm.html", context)


@private
@csrf_protect
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters about this thing, after one press."""
    at = database_now()
    try:
        _address, key = thing_links.read_stop(token, at)
        if request.method == "POST":
            actions.stop_following_thing(token=token, at=at)
    except LinkRefused:
        return render(request, "following/thing_bad_link.html", status=404)
    context = {"thing": thing_of(key, at), "is_done": request.method == "POST"}
    return render(request, "following/thing_stop.html", context)
