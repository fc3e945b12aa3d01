"""The preference page, leaving in one click, confirming a consent. Each works by a personal link, without an account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ratusz.foundation.notifications import actions, links
from ratusz.foundation.notifications.forms import EmailForm, PreferencesForm
from ratusz.foundation.notifications.registry import purposes

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """A page behind a personal link: kept by nobody, and its address told to no other site."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_http_methods(["GET", "HEAD", "POST"])(wrapped)


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/bad_link.html", {"form": EmailForm()}, status=404)


@private
def ask_link(request: HttpRequest) -> HttpResponse:
    """Sends the personal link to the address typed; the answer is the same whether we know it or not."""
    form = EmailForm(request.POST or None)
    if form.is_valid():
        actions.send_preference_link(email=form.cleaned_data["email"])
        return render(request, "notifications/link_sent.html")
    return render(request, "notifications/ask_link.html", {"form": form})


@private
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """What we write to this person about, with a switch for each purpose and one button to leave everything."""
    address = links.address_of_preferences(token)
    if address is None:
        return _bad_link(request)
    form = PreferencesForm(request.POST if request.method == "POST" else None, address=address)
    if request.method == "POST" and "leave_all" in request.POST:
        actions.leave_all(address=address)
        messages.success(request, _("Done. We will not write to this address any more."))
        return redirect(request.path)
    if form.is_valid():
        for purpose, agrees in form.changes().items():
            if agrees:
                actions.give_consent(address=address, purpose=purpose, through="link")
            else:
                actions.leave_purpose(address=address, purpose=purpose)
        for purpose, rhythm in form.rhythms().items():
            actions.choose_rhythm(address=address, purpose=purpose, rhythm=rhythm)
        messages.success(request, _("Your choice is saved."))
        return redirect(request.path)
    context = {"form": form, "address": address, "choices": form.choices_within(address)}
    return render(request, "notifications/preferences.html", context)


@csrf_exempt
@private
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a POST, from the person or their mail program, leaves one purpose; a GET only asks.

    No form token: the signed link itself is the permission, and mail programs have none.
    """
    found = links.unsubscription_of(token)
    if found is None:
        return _bad_link(request)
    address, code = found
    name = purposes[code].name if code in purposes else ""
    is_done = request.method == "POST"
    if is_done:
        actions.leave_purpose(address=address, purpose=code)
    context = {"name": name, "is_done": is_done, "address": address, "preferences_url": links.preferences_url(address)}
    return render(request, "notifications/unsubscribe.html", context)


@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that makes the consent; opening the page alone does nothing, since mail scanners follow links."""
    asked = links.request_of(token)
    if asked is None:
        return _bad_link(request)
    context = {"name": purposes[asked.purpose].name if asked.purpose in purposes else "", "text": asked.text.text}
    if request.method == "POST":
        consent = actions.confirm_consent(request=asked)
        if consent is None:
            return _bad_link(request)
        context |= {"is_done": True, "preferences_url": links.preferences_url(asked.address)}
    return render(request, "notifications/confirm.html", context)
