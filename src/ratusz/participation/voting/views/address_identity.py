"""Name and address with a one-time code: the plainest way to know a voter. What was typed becomes a keyed digest at once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import EmailValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.telephones import international_number
from ratusz.foundation.kit.words import search_key
from ratusz.foundation.people.actions import check_code, send_code, through_outbox
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes
from ratusz.participation.voting import envelopes, identity
from ratusz.participation.voting.actions.proofs import IdentityProof, hold_proof, read_proof
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import age_band
from ratusz.participation.voting.views.ballot import context_of, in_language, takes_ballots, vote_of

NAME = "address"
PURPOSE, WAITING = "voting.code", "glosowanie-kod"
OLDEST = 115
SENDS, WITHIN = 20, timedelta(hours=1)
MANY = gettext_lazy("Many people came over this connection within an hour. Wait an hour, or use another connection.")
WITHOUT_MEMORY = {"autocomplete": "off"}


class WhoForm(forms.Form):
    """Who votes. Nothing of it is kept as it was typed."""

    name = forms.CharField(
        label=gettext_lazy("First name and surname"), max_length=120, widget=forms.TextInput(attrs=WITHOUT_MEMORY)
    )
    street = forms.CharField(
        label=gettext_lazy("Street, house and flat"), max_length=160, widget=forms.TextInput(attrs=WITHOUT_MEMORY),
        help_text=gettext_lazy("Where you live. You need not be registered there."),
    )  # fmt: skip
    born = forms.IntegerField(label=gettext_lazy("Year of birth"), min_value=1800, max_value=2200)
    contact = forms.CharField(
        label=gettext_lazy("Telephone number or e-mail for the code"), max_length=200,
        help_text=gettext_lazy("We send the code and a notice of your ballot there, and use it for nothing else."),
    )  # fmt: skip

    def clean_born(self) -> int:
        """A person can be so old."""
        year, now = self.cleaned_data["born"], local_day(database_now()).year
        if not now - OLDEST <= year <= now:
            raise forms.ValidationError(_("Check the year of birth."))
        return year

    def clean_contact(self) -> str:
        """A number or an address that a message can reach."""
        contact = self.cleaned_data["contact"]
        if not international_number(contact):
            EmailValidator(_("Write a telephone number, for example 600 000 001, or an e-mail address."))(plain_address(contact))
        return plain_address(contact)

    def proof(self, vote: Any, facts: dict[str, str]) -> IdentityProof:
        """The proof once the code is right."""
        plain = [" ".join("".join(sign if sign.isalnum() else " " for sign in search_key(self.cleaned_data[each])).split())
                 for each in ("name", "street")]  # fmt: skip
        key = envelopes.voter_key(vote.pk, "address", *plain, str(self.cleaned_data["born"]))
        age = local_day(vote.opens_at).year - self.cleaned_data["born"]
        return IdentityProof(key, "", age_band(age), self.cleaned_data["contact"], facts)


class CodeForm(forms.Form):
    """Six digits."""

    code = forms.CharField(
        label=gettext_lazy("Code from the message"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


def _vote_by_address(edition_slug: str) -> Vote:
    """The vote, if its voters are known by this way and no stronger one."""
    vote = vote_of(edition_slug)
    if vote.identity != NAME:
        raise Http404
    return vote


def first_page(vote: Any, language: str) -> str:
    """Where this way begins."""
    return reverse("ballot:who", args=[vote.edition.slug, language])


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def who(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Asks who votes and sends the code; the same answer for whoever has voted and whoever has not."""
    vote = _vote_by_address(edition_slug)
    if not takes_ballots(vote):
        return redirect("ballot:start", edition_slug, language)
    form = WhoForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (answer := _send(request, vote, form, language)):
        return answer
    status = 422 if form.errors else 200
    return render(request, "voting/who.html", context_of(vote, language, "who") | {"form": form}, status=status)


def _send(request: HttpRequest, vote: Any, form: WhoForm, language: str) -> HttpResponse | None:
    if not use_up(kind="voter", key=client_line(request), most=SENDS, within=WITHIN):
        form.add_error(None, MANY)
        return None
    contact = form.cleaned_data["contact"]
    bound = secrets.token_urlsafe(24)
    try:
        deliver = through_outbox(channel="email" if "@" in contact else "sms", what=_("Vote in the participatory budget."))
        handle = send_code(purpose=PURPOSE, address=contact, bound_to=bound, deliver=deliver)
    except TooManyCodes:
        form.add_error("contact", _("Three codes went there within an hour. Wait an hour, or give another number or address."))
        return None
    waiting = hold_proof(vote=vote, proof=form.proof(vote, {"channel": "web", "handle": str(handle), "bound": bound}))
    answer = redirect("ballot:code", vote.edition.slug, language)
    identity.set_cookie(answer, WAITING, f"{vote.pk}:{waiting}")
    return answer


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def code(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Takes the code; with the right one the voter is let in to the ballot."""
    vote = _vote_by_address(edition_slug)
    number, _sign, key = identity.read_cookie(request, WAITING).partition(":")
    proof = read_proof(key, vote) if number == str(vote.pk) else None
    if proof is None:
        return redirect("ballot:who", edition_slug, language)
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
            let_in = IdentityProof(proof.voter_key, proof.district, proof.age_band, proof.contact, facts)
            answer = identity.admit(request, vote, let_in, language)
            answer.delete_cookie(WAITING, path=identity.PATH)
            return answer
    status = 422 if form.errors else 200
    return render(request, "voting/code.html", context_of(vote, language, "code") | {"form": form}, status=status)
