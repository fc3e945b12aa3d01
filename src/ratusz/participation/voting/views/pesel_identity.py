"""PESEL and a code to the voter's own contact, off until the rules allow it: the number becomes a keyed digest in this request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import Pesel, PeselRefused, read_pesel
from ratusz.participation.voting import residents
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.views.ballot import context_of, in_language, takes_ballots, vote_of
from ratusz.participation.voting.views.codes import ContactField, Forgetful, ask_for_code

NAME = residents.PESEL


class PeselField(forms.CharField):
    """A PESEL of somebody alive; its content never comes back into the page."""

    def __init__(self, **facts: Any):
        facts.setdefault("label", gettext_lazy("PESEL"))
        super().__init__(max_length=40, widget=Forgetful({"inputmode": "numeric"}), **facts)

    def clean(self, value: Any) -> Pesel | None:  # type: ignore[override]
        """The number with what it says; None where none is asked for and none was given."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_pesel(typed, local_day(database_now()))
        except PeselRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class PeselForm(forms.Form):
    """Who votes, and where the code goes."""

    pesel = PeselField(help_text=gettext_lazy("We make a keyed digest of it at once and keep no number."))
    contact = ContactField()


def first_page(vote: Any, language: str) -> str:
    """Where this way begins."""
    return reverse("ballot:pesel", args=[vote.edition.slug, language])


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def pesel(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Asks for the number and sends the code; the same answer for known and unknown, for whoever has voted and who has not."""
    vote = vote_of(edition_slug)
    if vote.identity != NAME:
        raise Http404
    if not takes_ballots(vote):
        return redirect("ballot:start", edition_slug, language)
    form = PeselForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        key = residents.key_by_pesel(vote.pk, form.cleaned_data["pesel"])
        proof = IdentityProof(key, contact=form.cleaned_data["contact"], channel_facts={"channel": "web"})
        if answer := ask_for_code(request, vote, proof, form, language):
            return answer
    status = 422 if form.errors else 200
    return render(request, "voting/pesel.html", context_of(vote, language, "pesel") | {"form": form}, status=status)
