"""The cookie between the door and the ballot box: it holds the only key to the voter's proof, for half an hour."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner, get_cookie_signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ratusz.participation.voting.actions.proofs import LIVES, IdentityProof, drop_proof, hold_proof, read_proof, read_proof_and_vote
from ratusz.participation.voting.models import Vote

COOKIE, RECEIPT_COOKIE, PATH = "glosowanie", "potwierdzenie", "/glosuj/"
SALT = "ratusz.voting"
MARK = "czyj"
"""Field of a form that belongs to whoever opened it."""


def admit(request: HttpRequest, vote: Vote, proof: IdentityProof, language: str) -> HttpResponse:
    """What an adapter's last step answers: the voter goes on to the ballot."""
    answer = redirect("ballot:ballot", vote.edition.slug, language)
    set_cookie(answer, COOKIE, f"{vote.pk}:{hold_proof(vote=vote, proof=proof)}")
    return answer


@lru_cache(maxsize=2)
def _signer(name: str) -> TimestampSigner:
    """As Django's signed cookies have it, made once."""
    return get_cookie_signer(salt=name + SALT)


def set_cookie(answer: HttpResponse, name: str, value: str) -> None:
    """A signed cookie of the ballot's pages alone, which no script reads."""
    signed = _signer(name).sign(value)
    answer.set_cookie(name, signed, max_age=LIVES, path=PATH, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def read_cookie(request: HttpRequest, name: str) -> str:
    """The value; "" when it is not there, changed or too old."""
    try:
        return _signer(name).unsign(request.COOKIES.get(name, ""), max_age=LIVES)
    except BadSignature:
        return ""


def proof_of(request: HttpRequest, vote: Vote) -> IdentityProof | None:
    """The proof of whoever sends this request, for this vote; None when there is none or its time is over."""
    number, _, key = read_cookie(request, COOKIE).partition(":")
    return read_proof(key, vote) if number == str(vote.pk) else None


def at_the_box(request: HttpRequest, edition_slug: str) -> tuple[IdentityProof, Vote] | None:
    """The proof and the vote of whoever sends this request into the box of this edition, in one question to the database."""
    number, _, key = read_cookie(request, COOKIE).partition(":")
    found = read_proof_and_vote(key, edition_slug) if key else None
    return found if found and number == str(found[1].pk) else None


def mark_of(request: HttpRequest, cookie: str = COOKIE) -> str:
    """Says in a form whose it is, without saying who that is; "" for nobody. The proof's key cannot be found from it."""
    key = read_cookie(request, cookie).partition(":")[2]
    return sha256(f"form of {key}".encode()).hexdigest()[:32] if key else ""


def is_anothers(request: HttpRequest, cookie: str = COOKIE) -> bool:
    """Whether the form that is sent was opened by somebody else than who came in last: two people, one browser, two windows."""
    given = request.POST.get(MARK, "")
    return bool(given) and given != mark_of(request, cookie)


def leave(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Forgets the proof and the cookie."""
    drop_proof(key=read_cookie(request, COOKIE).partition(":")[2])
    answer.delete_cookie(COOKIE, path=PATH)
    return answer
