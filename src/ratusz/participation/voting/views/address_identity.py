"""Name and address with a one-time code: the plainest way to know a voter. What was typed becomes a keyed digest at once."""

from __future__ import annotations

from typing import Any

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

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import OLDEST_AGE
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.voting import door, residents
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import age_band
from ratusz.participation.voting.views.ballot import context_of, in_language, takes_ballots, vote_of
from ratusz.participation.voting.views.codes import ContactField, ask_for_code

NAME = residents.ADDRESS
WITHOUT_MEMORY = {"autocomplete": "off"}


class AddressForm(forms.Form):
    """By what somebody is known without a PESEL. Nothing of it is kept as it was typed."""

    name = forms.CharField(
        label=gettext_lazy("First name and surname"), max_length=120, widget=forms.TextInput(attrs=WITHOUT_MEMORY)
    )
    street = forms.CharField(
        label=gettext_lazy("Street, house and flat"), max_length=160, widget=forms.TextInput(attrs=WITHOUT_MEMORY),
        help_text=gettext_lazy("Where you live. You need not be registered there."),
    )  # fmt: skip
    born = forms.IntegerField(label=gettext_lazy("Year of birth"), min_value=1800, max_value=2200)

    def clean_born(self) -> int:
        """A person can be so old."""
        year, now = self.cleaned_data["born"], local_day(database_now()).year
        if not now - OLDEST_AGE <= year <= now:
            raise forms.ValidationError(_("Check the year of birth."))
        return year

    def proof(self, vote: Vote, facts: dict[str, str]) -> IdentityProof:
        """What is known once the code is right."""
        given = self.cleaned_data
        key = residents.key_by_address(vote.pk, given["name"], given["street"], given["born"])
        age = local_day(vote.opens_at).year - given["born"]
        if age < rules_of(vote.edition).value("who.guardian_below"):
            facts = {**facts, door.CHILD: "1"}
        return IdentityProof(key, "", age_band(age), given.get("contact", ""), facts)


class WhoForm(AddressForm):
    """Who votes, and where the code goes."""

    contact = ContactField()


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
    if form.is_valid():
        answer = ask_for_code(request, vote, form.proof(vote, {"channel": "web"}), form, language)
        if answer:
            return answer
    status = 422 if form.errors else 200
    return render(request, "voting/who.html", context_of(vote, language, "who") | {"form": form}, status=status)
