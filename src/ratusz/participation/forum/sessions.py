"""Who reads: the account of the platform that this browser signed in to by a code."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.http import HttpRequest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.actions.codes import check_code, send_code, through_outbox
from ratusz.participation.forum.actions.writing import with_suspension
from ratusz.participation.forum.models import Participant

WHO, ASKED, PROVED = "forum.who", "forum.asked", "forum.proved"
PURPOSE = "forum-sign-in"


def reader_of(request: HttpRequest) -> Participant | None:
    """The account, or None; an erased one is nobody's."""
    if not hasattr(request, "_forum_reader"):
        pk = request.session.get(WHO)
        found = Participant.objects.filter(pk=pk, erased_at=None).select_related("contact").first() if pk else None
        request._forum_reader = with_suspension(found, database_now()) if found else None  # type: ignore[attr-defined]
    return request._forum_reader  # type: ignore[attr-defined]


def ask(request: HttpRequest, email: str, what: str) -> None:
    """Sends a code that this browser alone may use. Raises people.rules.TooManyCodes."""
    bound = secrets.token_urlsafe(24)
    handle = send_code(purpose=PURPOSE, address=email, bound_to=bound, deliver=through_outbox(channel="email", what=what))
    request.session[ASKED] = [str(handle), bound, email]


def asked_address(request: HttpRequest) -> str:
    """The mailbox a code went to, "" when none did."""
    return (request.session.get(ASKED) or ["", "", ""])[2]


def prove(request: HttpRequest, digits: str) -> Participant | None:
    """Uses the code up; the account of the mailbox, None when it has none yet. Raises people.rules.CodeRefused."""
    handle, bound, email = request.session[ASKED]
    check_code(handle=UUID(handle), purpose=PURPOSE, bound_to=bound, digits=digits)
    del request.session[ASKED]
    request.session[PROVED] = email
    known = Participant.objects.filter(contact__channel="email", contact__value=email, erased_at=None).first()
    if known is not None:
        enter(request, known)
    return known


def proved_address(request: HttpRequest) -> str:
    """The mailbox that has proved itself in this browser and still has no account."""
    return request.session.get(PROVED, "")


def enter(request: HttpRequest, participant: Participant) -> None:
    """This browser reads as that account from now on."""
    request.session.cycle_key()
    request.session[WHO] = participant.pk
    request.session.pop(PROVED, None)
    request._forum_reader = participant  # type: ignore[attr-defined]


def leave(request: HttpRequest) -> None:
    """This browser reads as nobody."""
    for name in (WHO, ASKED, PROVED):
        request.session.pop(name, None)
    request._forum_reader = None  # type: ignore[attr-defined]
