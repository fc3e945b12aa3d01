"""The cookie between the door and the ballot box: it holds the only key to the voter's proof, for half an hour."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ratusz.participation.voting.actions.proofs import LIVES, IdentityProof, drop_proof, hold_proof, read_proof
from ratusz.participation.voting.models import Vote

COOKIE, RECEIPT_COOKIE, PATH = "glosowanie", "potwierdzenie", "/glosuj/"
SALT = "ratusz.voting"


def admit(request: HttpRequest, vote: Vote, proof: IdentityProof, language: str) -> HttpResponse:
    """What an adapter's last step answers: the voter goes on to the ballot."""
    answer = redirect("ballot:ballot", vote.edition.slug, language)
    set_cookie(answer, COOKIE, f"{vote.pk}:{hold_proof(vote=vote, proof=proof)}")
    return answer


def set_cookie(answer: HttpResponse, name: str, value: str) -> None:
    """A signed cookie of the ballot's pages alone, which no script reads."""
    answer.set_signed_cookie(
        name, value, salt=SALT, max_age=LIVES, path=PATH, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def read_cookie(request: HttpRequest, name: str) -> str:
    """The value; "" when it is not there, changed or too old."""
    return request.get_signed_cookie(name, default="", salt=SALT, max_age=LIVES) or ""


def proof_of(request: HttpRequest, vote: Vote) -> IdentityProof | None:
    """The proof of whoever sends this request, for this vote; None when there is none or its time is over."""
    number, _, key = read_cookie(request, COOKIE).partition(":")
    return read_proof(key, vote) if number == str(vote.pk) else None


def leave(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Forgets the proof and the cookie."""
    drop_proof(key=read_cookie(request, COOKIE).partition(":")[2])
    answer.delete_cookie(COOKIE, path=PATH)
    return answer
