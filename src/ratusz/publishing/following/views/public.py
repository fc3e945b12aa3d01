"""Follow by e-mail: choose, confirm from the mailbox, change or leave by a personal link. No account, no script needed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.notifications.links import address_of_preferences, preferences_url
from ratusz.foundation.notifications.models import Rhythm, RhythmChoice
from ratusz.foundation.notifications.registry import purposes
from ratusz.foundation.notifications.views.public import private
from ratusz.publishing.following import actions, links
from ratusz.publishing.following.forms import ChoicesForm, FollowForm
from ratusz.publishing.following.models import PURPOSE
from ratusz.publishing.following.queries import followed_by, names_of
from ratusz.publishing.following.rules import AskedTooOften, read_choices


@private
@csrf_protect
@sensitive_post_parameters("email")
def follow(request: HttpRequest) -> HttpResponse:
    """The form; ?co=topic:5 ticks what the visitor came from. The answer is the same whether the address is known or not."""
    form = FollowForm(request.POST if request.method == "POST" else None, chosen=read_choices(request.GET.getlist("co")))
    if form.is_valid():
        try:
            actions.ask_to_follow(
                email=form.cleaned_data["email"],
                choices=form.choices(),
                rhythm=form.cleaned_data["rhythm"],
                language=get_language() or "pl",
                connection_address=client_line(request),
            )
        except AskedTooOften as refusal:
            form.add_error(None, str(refusal))
            return _form_page(request, form, status=429)
        return render(request, "following/asked.html")
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: FollowForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "consent_text": purposes[PURPOSE].consent_text}
    return render(request, "following/follow.html", context, status=status)


@private
@csrf_protect
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that makes the follower; opening the page alone does nothing, since mail scanners follow links."""
    at = database_now()
    try:
        question = links.read_question(token, at)
    except LinkRefused:
        return _bad_link(request)
    context = {"names": names_of(question.choices), "consent_text": purposes[PURPOSE].consent_text}
    if request.method == "POST":
        address = actions.confirm_follow(token=token, at=at)
        context |= {"is_done": True, "mine_url": links.choices_url(address)}
    return render(request, "following/confirm.html", context)


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "following/bad_link.html", status=404)


@private
@csrf_protect
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """What the person behind the link follows; with nothing ticked they leave."""
    address = address_of_preferences(token)
    if address is None:
        return _bad_link(request)
    choice = RhythmChoice.objects.filter(address=address, purpose=PURPOSE).first()
    posted = request.POST if request.method == "POST" else None
    form = ChoicesForm(posted, chosen=followed_by(address), rhythm=choice.rhythm if choice else Rhythm.DAILY)
    if form.is_valid():
        chosen = [] if "leave" in request.POST else form.choices()
        actions.change_follows(address=address, choices=chosen, rhythm=form.cleaned_data["rhythm"])
        words = _("Your choice is saved.") if chosen else _("Done. We will not write about these matters any more.")
        messages.success(request, words)
        return redirect(request.path)
    context = {"form": form, "address": address, "preferences_url": preferences_url(address)}
    return render(request, "following/mine.html", context)
