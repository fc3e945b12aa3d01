"""The one-time code of a voter: sent to a telephone or an address, typed back, then on to the door."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.notifications.rules import NotDeliverable, clean_address
from ratusz.foundation.people.actions import check_code, send_code, through_outbox
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes
from ratusz.participation.voting import door, identity, residents
from ratusz.participation.voting.actions.proofs import IdentityProof, hold_proof
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.views.ballot import another_came_in, context_of, in_language, vote_of

PURPOSE, WAITING = "voting.code", "glosowanie-kod"
MOST_SIGNS = 200
"""Of a telephone number or an address, as declarations keep it."""
WITH_CODES = (residents.ADDRESS, residents.PESEL)
"""Presets whose voters get a code; in the others this page is not there."""
MANY = gettext_lazy("Many tries within an hour, over this connection or for this person. Wait an hour, or vote at a point.")


class Forgetful(forms.TextInput):
    """A field whose content never comes back into the page."""

    def __init__(self, attrs: Mapping[str, Any] | None = None):
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})

    def format_value(self, value: Any) -> None:
        """Nothing of what was typed."""


class ContactField(forms.CharField):
    """A telephone number or an address that a message can reach."""

    def __init__(self, **facts: Any):
        facts.setdefault("label", gettext_lazy("Telephone number or e-mail for the code"))
        facts.setdefault(
            "help_text", gettext_lazy("We send the code and a notice of your ballot there, and use it for nothing else.")
        )
        super().__init__(max_length=MOST_SIGNS, **facts)

    def clean(self, value: Any) -> str:
        """In the one form under which it is counted."""
        contact = plain_address(super().clean(value))
        if not contact:
            return ""
        try:
            found = clean_address("email" if "@" in contact else "sms", _as_mail_servers_write(contact))
        except NotDeliverable:
            found = ""
        if not 0 < len(found) <= MOST_SIGNS:
            raise forms.ValidationError(_("Write a telephone number, for example 600 000 001, or an e-mail address."))
        return found


def _as_mail_servers_write(contact: str) -> str:
    """The same address with letters of its domain in ASCII; as it is where it has no such form."""
    name, at, domain = contact.rpartition("@")
    try:
        return f"{name}{at}{domain.encode('idna').decode()}" if at else contact
    except UnicodeError:
        return contact


class CodeForm(forms.Form):
    """Six digits."""

    code = forms.CharField(
        label=gettext_lazy("Code from the message"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


def ask_for_code(request: HttpRequest, vote: Vote, proof: IdentityProof, form: forms.Form, language: str) -> HttpResponse | None:
    """Sends the code to the proof's contact and leads to the page where it is typed; None (and a word in the form) if it may not.

    No row of the register and no row of the roll is read before the code is right: neither text nor time tells who is there.
    """
    if not door.may_try(request, vote, proof.voter_key.hex()):
        form.add_error(None, MANY)
        return None
    bound = secrets.token_urlsafe(24)
    try:
        deliver = through_outbox(channel="email" if "@" in proof.contact else "sms", what=_("Vote in the participatory budget."))
        handle = send_code(purpose=PURPOSE, address=proof.contact, bound_to=bound, deliver=deliver)
    except TooManyCodes:
        form.add_error("contact", _("Three codes went there within an hour. Wait an hour, or give another number or address."))
        return None
    facts = {**proof.channel_facts, "handle": str(handle), "bound": bound}
    answer = redirect("ballot:code", vote.edition.slug, language)
    identity.set_cookie(answer, WAITING, f"{vote.pk}:{hold_proof(vote=vote, proof=replace(proof, channel_facts=facts))}")
    return answer


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def code(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Takes the code; whoever gives the right one stands at the door."""
    vote = vote_of(edition_slug)
    if vote.identity not in WITH_CODES:
        raise Http404
    proof = door.waiting_proof(request, vote, WAITING)
    if proof is None:
        return redirect(_again(vote, language) or reverse("ballot:start", args=[edition_slug, language]))
    if identity.is_anothers(request, WAITING):
        return another_came_in(request, vote, language)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        facts = dict(proof.channel_facts)
        try:
            check_code(
                handle=UUID(facts.pop("handle")), purpose=PURPOSE, bound_to=facts.pop("bound"), digits=form.cleaned_data["code"]
            )
        except CodeRefused:
            form.add_error("code", _("This code does not fit or its time is over. Type it again, or ask for a new one."))
        else:
            answer = door.let_in(request, vote, replace(proof, channel_facts=facts), language)
            answer.delete_cookie(WAITING, path=identity.PATH)
            return answer
    context = context_of(vote, language, "code") | {
        "form": form, "again_url": _again(vote, language), "mark": identity.mark_of(request, WAITING),
    }  # fmt: skip
    return render(request, "voting/code.html", context, status=422 if form.errors else 200)


def _again(vote: Vote, language: str) -> str:
    """Where a new code is asked for."""
    from ratusz.participation.voting.registries import identity_adapters

    adapter = dict(identity_adapters.items()).get(vote.identity)
    return adapter.first_page(vote, language) if adapter else ""
