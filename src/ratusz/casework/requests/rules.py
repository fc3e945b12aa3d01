"""Who may do what with a request, which outcomes its kind knows, what a refusal needs; pure, the moment is an argument."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from ratusz.casework.requests.models import Contact, Kind, Outcome, Request
from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.units.rules import holds_department_role, holds_role

HEADS = ("head", "deputy_head")
ANSWER = (*HEADS, "editor")
CLOCKS = {
    Kind.ACCESSIBILITY: "a11y.request", Kind.COMPLAINT: "a11y.complaint", Kind.INFORMATION: "public_information.answer",
}  # fmt: skip
OUTCOMES = {
    Kind.ACCESSIBILITY: (Outcome.DONE, Outcome.ALTERNATIVE, Outcome.REFUSED, Outcome.HANDED_OVER, Outcome.WITHDRAWN),
    Kind.COMPLAINT: (Outcome.ANSWERED, Outcome.HANDED_OVER, Outcome.WITHDRAWN),
    Kind.INFORMATION: (
        Outcome.ANSWERED, Outcome.NOT_PUBLIC, Outcome.NOT_HELD, Outcome.REFUSED, Outcome.HANDED_OVER, Outcome.WITHDRAWN,
    ),
}  # fmt: skip
EXTENDED = (Kind.ACCESSIBILITY, Kind.INFORMATION)
"""Kinds whose law knows a longer term with a notice: art. 18 ust. 5 of the act on digital accessibility, art. 13 ust. 2 UDIP."""
SENDS, SENDS_WITHIN = 10, timedelta(hours=1)
"""Requests of one connection: more than anybody writes by hand, fewer than a script would."""


class RequestRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, request: Request | None, at: datetime) -> bool:
    """Editors, heads and the service desk see, register and note the number in EZD, the data-protection officer sees; editors take
    and answer, heads refuse. Whoever takes one answers it, so whoever cannot answer takes none."""
    if deed in ("see", "register", "note"):
        seers = ("desk_officer", *(("data_protection_officer",) if deed == "see" else ()))
        return holds_department_role(person, *ANSWER, at=at) or holds_role(person, *seers, at=at)
    return holds_department_role(person, *(HEADS if deed == "refuse" else ANSWER), at=at)


def check_may(person: Any, deed: str, request: Request | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, request, at):
        raise NotYours


def check_open(request: Request) -> None:
    """Raises RequestRefused for a request that is closed."""
    if request.settled_at is not None:
        raise RequestRefused(gettext("This request is closed already. Somebody may have done it a moment ago."))


def check_taking(request: Request, instead_of: int | None) -> None:
    """Raises RequestRefused when somebody else took the request since the person looked."""
    if request.person_id != instead_of:
        raise RequestRefused(gettext("Somebody has taken this request a moment ago. Look with whom it is now."))


def check_settling(request: Request, outcome: str, text: str, decision_number: str, handed_to: str) -> None:
    """Raises RequestRefused when the outcome is not of this kind or lacks what the law wants with it."""
    check_open(request)
    if outcome not in OUTCOMES[Kind(request.kind)]:
        raise RequestRefused(gettext("A request of this kind cannot end so. Choose another way."))
    if not text.strip() and outcome != Outcome.WITHDRAWN:
        raise RequestRefused(gettext("Write the answer: the person gets exactly these words."))
    if outcome == Outcome.REFUSED and request.kind == Kind.INFORMATION and not decision_number.strip():
        raise RequestRefused(
            gettext("A refusal of public information is an administrative decision. Make it in EZD and paste its number here.")
        )
    if outcome == Outcome.HANDED_OVER and not handed_to.strip():
        raise RequestRefused(gettext("Write to which body the request goes."))


def check_extending(request: Request) -> None:
    """Raises RequestRefused when the law of this kind knows no longer term."""
    check_open(request)
    if request.kind not in EXTENDED:
        raise RequestRefused(gettext("The law gives no longer term for a complaint."))


def kept_days(day: date = date.max) -> int:
    """How long a closed request is kept by the rules of that day; without one by the newest."""
    return packs_of("ratusz.casework.requests")["requests"].at(day)["kept_days"]


def is_sendable(request: Request) -> bool:
    """Whether the outbox reaches the person: by e-mail or by post."""
    return request.contact in (Contact.EMAIL, Contact.LETTER)
