"""A child votes with a guardian: the guardian proves who they are, says yes, and is written down for this child and no other."""

from __future__ import annotations

from dataclasses import replace
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

from ratusz.foundation.kit.dates import local_day
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.voting import door, identity, residents
from ratusz.participation.voting.actions.guardians import give_consent, is_adult_of
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.address_identity import AddressForm
from ratusz.participation.voting.views.ballot import another_came_in, context_of, in_language, vote_of
from ratusz.participation.voting.views.codes import MANY
from ratusz.participation.voting.views.letter_identity import LetterCodeForm
from ratusz.participation.voting.views.pesel_identity import PeselField

NO_ADULT = gettext_lazy("We cannot take this person as a guardian: it has to be an adult who may vote in this city.")
ADULT = 18


class Yes(forms.Form):
    """The guardian's word."""

    agrees = forms.BooleanField(
        label=gettext_lazy("I am a parent or legal guardian of this child and I agree that the child votes."),
        error_messages={"required": gettext_lazy("Without the guardian's yes the child cannot vote.")},
    )


class ByPesel(Yes):
    """A guardian known by PESEL."""

    pesel = PeselField(label=gettext_lazy("PESEL of the guardian"))
    field_order = ("pesel", "agrees")


class ByLetter(LetterCodeForm, Yes):
    """A guardian known by a letter of their own."""

    field_order = ("number", "secret", "agrees")


class ByAddress(AddressForm, Yes):
    """A guardian known by name and address."""

    field_order = ("name", "street", "born", "agrees")


FORMS: dict[str, type[Yes]] = {residents.ADDRESS: ByAddress, residents.LETTER: ByLetter}
SIGN_IN = {residents.OIDC: "ballot:leave-for", residents.NODE: "ballot:node-leave"}
"""Where voters sign in, a guardian does too: a number that somebody knows is no proof of who they are."""


def guardian_key(form: Any, request: HttpRequest, vote: Vote, child_key: bytes) -> bytes | None:
    """Who the guardian is, for a form that is valid; None (and a word in the form) for nobody who can be one."""
    if isinstance(form, ByLetter):
        entry = form.holder(request, vote, also_used=True)
        if entry is None:
            return None
        key = bytes(entry.voter_key)
    elif not door.may_try(request, vote, f"guardian-{child_key.hex()}"):
        form.add_error(None, MANY)
        return None
    elif isinstance(form, ByAddress):
        key = form.proof(vote, {}).voter_key
    else:
        key = residents.key_by_pesel(vote.pk, form.cleaned_data["pesel"])
    if isinstance(form, ByAddress):
        is_adult = local_day(vote.opens_at).year - form.cleaned_data["born"] >= ADULT
    else:
        is_adult = is_adult_of(vote, key)
    if is_adult:
        return key
    form.add_error(None, NO_ADULT)
    return None


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def guardian(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Asks the guardian; with the yes written down the child goes on to the ballot."""
    vote = vote_of(edition_slug)
    child = door.waiting_proof(request, vote, door.CHILD_COOKIE)
    if child is None:
        return redirect("ballot:start", edition_slug, language)
    if identity.is_anothers(request, door.CHILD_COOKIE):
        return another_came_in(request, vote, language)
    context = context_of(vote, language, "guardian") | {
        "title": _("A guardian's yes"), "below": rules_of(vote.edition).value("who.guardian_below"),
        "mark": identity.mark_of(request, door.CHILD_COOKIE),
    }  # fmt: skip
    if way := SIGN_IN.get(vote.identity):
        sign_in_url = reverse(way, args=[edition_slug, language, "dziecko"])
        return render(request, "voting/guardian.html", context | {"sign_in_url": sign_in_url})
    form = FORMS.get(vote.identity, ByPesel)(request.POST if request.method == "POST" else None)
    if form.is_valid() and (key := guardian_key(form, request, vote, child.voter_key)):
        try:
            give_consent(vote=vote, child_key=child.voter_key, guardian_key=key)
        except VoteRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            proof = replace(child, channel_facts={**child.channel_facts, door.GUARDIAN: "1"})
            answer = door.let_in(request, vote, proof, language)
            answer.delete_cookie(door.CHILD_COOKIE, path=identity.PATH)
            return answer
    return render(request, "voting/guardian.html", context | {"form": form}, status=422 if form.errors else 200)
