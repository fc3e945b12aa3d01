"""Sign-in with the city's provider of identity: the answer becomes a keyed digest at once."""

from __future__ import annotations

import hmac
import logging
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import PeselRefused, read_pesel
from ratusz.participation.voting import door, residents
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.adapters.oidc import ProviderFailed, provider
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.views.ballot import context_of, in_language, takes_ballots, vote_of
from ratusz.participation.voting.views.codes import MANY
from ratusz.participation.voting.views.signing_in import WHOM, away_with, back_from, known_now
from ratusz.publishing.website.own_sites import full_address, led_home

NAME = residents.OIDC
AWAY = "glosowanie-logowanie"
logger = logging.getLogger("ratusz.voting")


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
    if not takes_ballots(vote) or whom not in WHOM:
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
    return away_with(redirect(address), vote, AWAY, language, whom, bound)


def _failed(request: HttpRequest, vote: Vote, language: str, words: str = "") -> HttpResponse:
    status = 429 if words else 503
    return render(request, "voting/sign_in_failed.html", context_of(vote, language, "start") | {"words": words}, status=status)


@never_cache
@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """Back from the provider: good once, for the browser that left."""
    return back_from(request, NAME, AWAY, _come_in)


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
    return known_now(request, vote, pesel, facts)
