"""Sign-in with login.gov.pl: the browser carries a signed request there and an artifact back; the number becomes a digest at once.

The answer is good once, for the browser that left. When the node is away the page says which other ways there are.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import PeselRefused, read_pesel
from ratusz.participation.voting import door, residents
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.adapters import node as adapter
from ratusz.participation.voting.adapters.node import NodeAway
from ratusz.participation.voting.adapters.saml.signatures import NotBelieved
from ratusz.participation.voting.door_words import node_stop
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.registries import other_ways
from ratusz.participation.voting.views.ballot import context_of, in_language, takes_ballots, vote_of
from ratusz.participation.voting.views.codes import MANY
from ratusz.participation.voting.views.signing_in import WHOM, away_with, back_from, known_now
from ratusz.publishing.website.own_sites import full_address, led_home

NAME = residents.NODE
AWAY, BACK = "glosowanie-wezel", ("SAMLart", "RelayState")
LONGEST = 500
logger = logging.getLogger("ratusz.voting")


def first_page(vote: Any, language: str) -> str:
    """Where this way begins."""
    return reverse("ballot:node", args=[vote.edition.slug, language])


def stop() -> str:
    """Why no vote can be prepared with this way now; "" when it can."""
    try:
        adapter.node()
    except NodeAway as problem:
        return node_stop(problem)
    return ""


def back_address() -> str:
    """The one address the node knows us by."""
    return full_address(reverse("ballot:node-back"))


def _vote(edition_slug: str) -> Vote:
    vote = vote_of(edition_slug)
    if vote.identity != NAME:
        raise Http404
    return vote


@never_cache
@require_safe
@in_language
def sign_in(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Says what happens at the node; two links, for oneself and for a child."""
    return render(request, "voting/node.html", context_of(_vote(edition_slug), language, "node"))


@never_cache
@require_safe
@in_language
def leave_for(request: HttpRequest, edition_slug: str, language: str, whom: str) -> HttpResponse:
    """The form that takes the browser to the node, with what binds the answer to this browser."""
    vote = _vote(edition_slug)
    if elsewhere := led_home(request):
        return elsewhere
    if not takes_ballots(vote) or whom not in WHOM:
        return redirect("ballot:start", edition_slug, language)
    if not door.line_may_try(request, vote):
        return _failed(request, vote, language, str(MANY))
    try:
        there = adapter.node()
        if not there.is_up():
            raise NodeAway("no answer")
    except NodeAway as problem:
        logger.warning("the node of identity: %s", problem)
        return _failed(request, vote, language)
    asked_at, relay = database_now(), secrets.token_urlsafe(32)
    number, content = there.request(at=asked_at, back=back_address())
    bound = {"request": number, "relay": relay, "asked_at": asked_at.isoformat()}
    context = context_of(vote, language, "node") | {"address": there.sign_in, "content": content, "relay": relay}
    to_the_node = csp_replace({"form-action": [SELF, adapter.origin(there.sign_in)]})
    answer = to_the_node(render)(request, "voting/node_leave.html", context)
    return away_with(answer, vote, AWAY, language, whom, bound)


def _failed(request: HttpRequest, vote: Vote, language: str, words: str = "") -> HttpResponse:
    ways = [(way.name, way.first_page(vote, language)) for _key, way in other_ways.items() if way.is_open(vote)]
    context = context_of(vote, language, "start") | {"words": words, "ways": ways}
    return render(request, "voting/node_failed.html", context, status=429 if words else 503)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def signed_in(request: HttpRequest) -> HttpResponse:
    """Back from the node: good once, for the browser that left. A form that came from there is asked to come again by GET."""
    if request.method == "POST":
        # The browser sends our cookie along with an address that it follows, never with a form of another site.
        answer = HttpResponse(status=303)
        answer["Location"] = f"{request.path}?{urlencode({name: request.POST.get(name, '')[:LONGEST] for name in BACK})}"
        return answer
    return back_from(request, NAME, AWAY, _come_in)


@sensitive_variables("known", "pesel")
def _come_in(request: HttpRequest, vote: Vote, away: IdentityProof, language: str) -> HttpResponse:
    facts, at = away.channel_facts, database_now()
    artifact, relay = (request.GET.get(name, "") for name in BACK)
    try:
        if not hmac.compare_digest(relay.encode(), facts["relay"].encode()):
            raise NotBelieved("another state")
        there = adapter.node()
        asked_at = datetime.fromisoformat(facts["asked_at"])
        known = there.known_by(artifact=artifact, request=facts["request"], asked_at=asked_at, back=back_address(), at=at)
        pesel = read_pesel(known.number, local_day(at))
    except (NodeAway, NotBelieved, PeselRefused) as problem:
        logger.warning("the node of identity: %s", type(problem).__name__ if isinstance(problem, PeselRefused) else problem)
        return _failed(request, vote, language)
    there.end_session(known, at=database_now())
    return known_now(request, vote, pesel, facts)
