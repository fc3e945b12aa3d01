"""Behind every way to know a voter: the register is asked, a child's guardian too, and whoever may vote is let in to the ballot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.people.models import Attempt
from ratusz.participation.voting import envelopes, identity, residents
from ratusz.participation.voting.actions.proofs import IdentityProof, hold_proof, read_proof
from ratusz.participation.voting.models import RegisterEntry, Vote

CHILD_COOKIE = "glosowanie-dziecko"
CHILD, GUARDIAN = residents.CHILD, residents.GUARDIAN
WITHIN = timedelta(hours=1)
PER_PERSON = 5
"""Tries within an hour for one identity, whatever connection they come from."""
FULL_LINE, FULL_FOR = "voter-full", timedelta(days=1)
"""How it is noted that a connection came to its limit, and how long the register's page speaks of it."""


def asks_register(vote: Vote) -> bool:
    """Whether only people of the register go straight on; known by name and address alone, everybody who lives here does."""
    return residents.asks_register(vote.identity)


def line_may_try(request: HttpRequest, vote: Vote, kind: str = "voter") -> bool:
    """Takes one try of the connection. Whole libraries and operators stand behind one, so the limit is far above what people need
    (RATUSZ_VOTER_TRIES_PER_LINE) and bounds only machines; lines of the city's points have none. A line that meets it is noted."""
    line = client_line(request)
    if use_up(kind=kind, key=line, most=settings.RATUSZ_VOTER_TRIES_PER_LINE, within=WITHIN):
        return True
    if vote.known_lines.filter(line_digest=envelopes.line_digest(vote.pk, line)).exists():
        return True
    use_up(kind=FULL_LINE, key=line, most=1, within=FULL_FOR)
    return False


def full_lines(at: datetime) -> int:
    """How many connections came to their limit in the last day."""
    return Attempt.objects.filter(kind=FULL_LINE, happened_at__gt=at - FULL_FOR).count()


def may_try(request: HttpRequest, vote: Vote, identity_digest: str) -> bool:
    """Takes one try of the connection and one of the identity; the same for identities that exist and that do not."""
    return line_may_try(request, vote) and use_up(
        kind="voter-identity", key=f"{vote.pk}|{identity_digest}", most=PER_PERSON, within=WITHIN
    )


def let_in(request: HttpRequest, vote: Vote, proof: IdentityProof, language: str) -> HttpResponse:
    """What follows a proven identity: the ballot, the guardian's page, or the way of a declaration."""
    if asks_register(vote):
        entry = RegisterEntry.objects.filter(vote=vote, voter_key=proof.voter_key).first()
        if entry is None:
            return not_listed(request, vote, language)
        proof = replace(proof, district=entry.district, age_band=entry.age_band)
        if entry.needs_guardian:
            proof = replace(proof, channel_facts={**proof.channel_facts, CHILD: "1"})
    if proof.channel_facts.get(CHILD) and not proof.channel_facts.get(GUARDIAN):
        answer = redirect("ballot:guardian", vote.edition.slug, language)
        identity.set_cookie(answer, CHILD_COOKIE, f"{vote.pk}:{hold_proof(vote=vote, proof=proof)}")
        return answer
    return identity.admit(request, vote, proof, language)


def not_listed(request: HttpRequest, vote: Vote, language: str) -> HttpResponse:
    """The person is not in the register; that is no refusal: the declaration leads on."""
    from ratusz.participation.voting.views.ballot import context_of

    return render(request, "voting/not_listed.html", context_of(vote, language, "start"), status=403)


def waiting_proof(request: HttpRequest, vote: Vote, cookie: str) -> IdentityProof | None:
    """A proof that waits for one more step under a cookie of its own; None when there is none."""
    number, _sign, key = identity.read_cookie(request, cookie).partition(":")
    return read_proof(key, vote) if number == str(vote.pk) else None
