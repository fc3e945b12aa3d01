"""Number and code from a letter, or from the message after a declaration: the code is known only to whoever got it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit import codes
from ratusz.participation.voting import door, residents
from ratusz.participation.voting.actions.letters import holder_of
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.models import RegisterEntry, Vote
from ratusz.participation.voting.views.ballot import context_of, in_language, takes_ballots, vote_of
from ratusz.participation.voting.views.codes import MANY, ContactField, Forgetful

NAME = residents.LETTER
WRONG = gettext_lazy(
    "This number and code do not open the vote: there is a slip in them, a newer letter has come, or a ballot was cast with them."
)


class LetterCodeForm(forms.Form):
    """What the letter says."""

    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("Nine digits, for example 123 456 789."),
    )  # fmt: skip
    secret = forms.CharField(
        label=gettext_lazy("Code"), max_length=40, widget=Forgetful(),
        help_text=gettext_lazy("Thirteen letters and digits in groups of four. Large and small letters are the same."),
    )  # fmt: skip

    def clean_number(self) -> str:
        """Digits alone."""
        return codes.normalised(self.cleaned_data["number"])[:9]

    def clean_secret(self) -> str:
        """In the stored form."""
        return codes.normalised(self.cleaned_data["secret"])[:40]

    def holder(self, request: HttpRequest, vote: Vote, *, also_used: bool = False) -> RegisterEntry | None:
        """Whose letter it is; None with a word in the form: the same for unknown, wrong, void and used."""
        if not door.may_try(request, vote, f"number-{self.cleaned_data['number']}"):
            self.add_error(None, MANY)
            return None
        entry = holder_of(vote, self.cleaned_data["number"], self.cleaned_data["secret"], also_used=also_used)
        if entry is None:
            self.add_error(None, WRONG)
        return entry


class LetterForm(LetterCodeForm):
    """With where a notice of the ballot goes, for whoever wants one."""

    contact = ContactField(
        label=gettext_lazy("Telephone number or e-mail for a notice"), required=False,
        help_text=gettext_lazy("We tell you there that a ballot was cast with your code, so that you know if it was not you."),
    )  # fmt: skip


def first_page(vote: Any, language: str) -> str:
    """Where this way begins."""
    return reverse("ballot:letter", args=[vote.edition.slug, language])


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def letter(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Takes number and code. Open in every vote that asks its register: declarations end in such a code too."""
    vote = vote_of(edition_slug)
    if not takes_ballots(vote) or not door.asks_register(vote):
        return redirect("ballot:start", edition_slug, language)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (entry := form.holder(request, vote)):
        proof = IdentityProof(bytes(entry.voter_key), contact=form.cleaned_data["contact"], channel_facts={"channel": "web"})
        return door.let_in(request, vote, proof, language)
    status = 422 if form.errors else 200
    context = context_of(vote, language, "letter") | {"form": form, "title": _("Number and code")}
    return render(request, "voting/letter.html", context, status=status)
