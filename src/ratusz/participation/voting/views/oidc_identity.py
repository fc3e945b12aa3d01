"""Sign-in with the city's provider of identity: the answer becomes a keyed digest at once. A guardian signs in for a child."""

from __future__ import annotations

import hmac
import logging
import secrets
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import PeselRefused, read_pesel
from ratusz.participation.voting import door, identity, residents
from ratusz.participation.voting.actions.guardians import give_consent, is_adult_of
from ratusz.participation.voting.actions.proofs import IdentityProof, hold_proof, take_proof
from ratusz.participation.voting.adapters.oidc import ProviderFailed, provider
from ratusz.participation.voting.models import RegisterEntry, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.ballot import another_came_in, context_of, in_language, takes_ballots, vote_of
from ratusz.participation.voting.views.codes import MANY
from ratusz.participation.voting.views.guardian import NO_ADULT, Yes
from ratusz.participation.voting.views.pesel_identity import PeselField
from ratusz.publishing.website.own_sites import full_address, led_home

NAME = residents.OIDC
AWAY, GUARDIAN_COOKIE = "glosowanie-logowanie", "glosowanie-opiekun"
FOR_CHILD = "for_child"
logger = logging.getLogger("ratusz.voting")


class ChildForm(Yes):
    """The child a guardian who has signed in says yes for."""

    pesel = PeselField(label=gettext_lazy("PESEL of the child"))
    field_order = ("pesel", "agrees")


def first_page(vote: Any, language: str) -> str:
    """Where this way begins."""
    return reverse("ballot:sign-in", args=[vote.edition.slug, language])


def _vote(edition_slug: str) -> Vote:
    vote = vote_of(edition_slug)
    if vote.identity != NAME:
        raise Http404
    return vote


@never_cache
@require_safe
@in_language
def sign_in(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Says what happens at the provider's; two links, for oneself and for a child."""
    vote = _vote(edition_slug)
    return render(request, "voting/sign_in.html", context_of(vote, language, "sign-in"))


def _back() -> str:
    """The one address the provider knows us by."""
    return full_address(reverse("ballot:signed-in"))


@never_cache
@require_safe
@in_language
def leave_for(request: HttpRequest, edition_slug: str, language: str, whom: str) -> HttpResponse:
    """To the provider, with what binds its answer to this browser."""
    vote = _vote(edition_slug)
    found = provider()
    if elsewhere := led_home(request):
        return elsewhere
    if not takes_ballots(vote) or whom not in ("ja", "dziecko"):
        return redirect("ballot:start", edition_slug, language)
    if not door.line_may_try(request, vote):
        return _failed(request, vote, language, str(MANY))
    bound = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    try:
        if found is None:
            raise ProviderFailed("no provider is set")
        address = found.address(**bound, back=_back())
    except ProviderFailed as problem:
        logger.warning("the provider of identity: %s", problem)
        return _failed(request, vote, language)
    facts = {**bound, "language": language, FOR_CHILD: "1" if whom == "dziecko" else ""}
    answer = redirect(address)
    identity.set_cookie(answer, AWAY, f"{vote.pk}:{hold_proof(vote=vote, proof=IdentityProof(b'', channel_facts=facts))}")
    return answer


def _failed(request: HttpRequest, vote: Vote, language: str, words: str = "") -> HttpResponse:
    status = 429 if words else 503
    return render(request, "voting/sign_in_failed.html", context_of(vote, language, "start") | {"words": words}, status=status)


@never_cache
@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """Back from the provider: good once, for the browser that left."""
    number, _sign, key = identity.read_cookie(request, AWAY).partition(":")
    if not number.isdecimal():
        raise Http404
    vote = get_object_or_404(Vote.objects.select_related("edition"), pk=number, identity=NAME)
    away = take_proof(key=key, vote=vote)
    if away is None:
        return redirect("ballot:start", vote.edition.slug, "pl")
    language = away.channel_facts["language"]
    with override(language):
        answer = _come_in(request, vote, away, language)
    answer.delete_cookie(AWAY, path=identity.PATH)
    return answer


@sensitive_variables("pesel", "found")
def _come_in(request: HttpRequest, vote: Vote, away: IdentityProof, language: str) -> HttpResponse:
    facts, asked = away.channel_facts, provider()
    if asked is None or not hmac.compare_digest(request.GET.get("state", "").encode(), facts["state"].encode()):
        return _failed(request, vote, language)
    try:
        found = asked.identifier(code=request.GET.get("code", ""), nonce=facts["nonce"], verifier=facts["verifier"], back=_back())
        pesel = read_pesel(found, local_day(database_now()))
    except (ProviderFailed, PeselRefused) as problem:
        logger.warning("the provider of identity: %s", type(problem).__name__ if isinstance(problem, PeselRefused) else problem)
        return _failed(request, vote, language)
    proof = IdentityProof(residents.key_by_pesel(vote.pk, pesel), channel_facts={"channel": "web"})
    if not facts[FOR_CHILD]:
        return door.let_in(request, vote, proof, language)
    answer = redirect("ballot:child", vote.edition.slug, language)
    identity.set_cookie(answer, GUARDIAN_COOKIE, f"{vote.pk}:{hold_proof(vote=vote, proof=proof)}")
    return answer


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def child(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Which child the guardian who signed in says yes for."""
    vote = vote_of(edition_slug)
    if vote.identity not in (residents.OIDC, residents.NODE):
        raise Http404
    guardian = door.waiting_proof(request, vote, GUARDIAN_COOKIE)
    if guardian is None:
        return redirect("ballot:start", edition_slug, language)
    if identity.is_anothers(request, GUARDIAN_COOKIE):
        return another_came_in(request, vote, language)
    form = ChildForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (proof := _child_of(request, vote, guardian, form)):
        answer = door.let_in(request, vote, proof, language)
        answer.delete_cookie(GUARDIAN_COOKIE, path=identity.PATH)
        return answer
    context = context_of(vote, language, "child") | {
        "form": form, "title": _("The child who votes"), "mark": identity.mark_of(request, GUARDIAN_COOKIE),
    }  # fmt: skip
    return render(request, "voting/child.html", context, status=422 if form.errors else 200)


def _child_of(request: HttpRequest, vote: Vote, guardian: IdentityProof, form: forms.Form) -> IdentityProof | None:
    key = residents.key_by_pesel(vote.pk, form.cleaned_data["pesel"])
    if not door.may_try(request, vote, f"guardian-{guardian.voter_key.hex()}"):
        form.add_error(None, MANY)
        return None
    if not is_adult_of(vote, guardian.voter_key):
        form.add_error(None, NO_ADULT)
        return None
    # Nobody votes for an adult by calling them a child.
    if not RegisterEntry.objects.filter(vote=vote, voter_key=key, needs_guardian=True).exists():
        form.add_error(None, _("There is no such child in the register. Declare that the child lives here, or come to a point."))
        return None
    try:
        give_consent(vote=vote, child_key=key, guardian_key=guardian.voter_key)
    except VoteRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    return IdentityProof(key, channel_facts={"channel": "web", door.GUARDIAN: "1"})
