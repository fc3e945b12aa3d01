"""What is done with residents' requests: received with a receipt and a clock, taken, extended, closed with an answer."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext

from ratusz.casework.deadlines.actions import assign_clock, extend_clock, start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.rules import ClockRefused
from ratusz.casework.requests import rules
from ratusz.casework.requests.models import Contact, Kind, Outcome, Reply, Request, Through
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.dates import polish_date, polish_until
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.units.models import Unit
from ratusz.ui import chrome

PURPOSE = "requests.case"
CODE_LENGTH = 12
"""54 random bits and a check symbol."""


@transaction.atomic
def receive_request(
    *, kind: str, facts: dict[str, Any], form_key: uuid.UUID, through: str = Through.FORM, received_at: datetime | None = None
) -> Request:
    """Keeps a request, starts its clock and confirms it to the person. The same form sent twice with the same words is one request.

    `facts`: text, place, wanted, about, name, contact and contact_value, clean already. Raises NoSuchRule: no rule says the term.
    """
    now = database_now()
    unit = Unit.objects.the_department()
    start = {"kind": kind, "code": random_code(CODE_LENGTH), "received_at": received_at or now, "through": through, "unit": unit}
    # With the words in the key: whoever goes back and writes something else in the same form makes another request.
    words = str(sorted((name, str(value)) for name, value in facts.items()))
    request, is_new = Request.objects.get_or_create(form_key=uuid.uuid5(form_key, f"{kind} {words}"), defaults=start | facts)
    if not is_new:
        return request
    clock = start_clock(
        rule=rules.CLOCKS[Kind(kind)], subject=request.key, label=gettext("no. %(number)s") % {"number": request.pk},
        url=_desk_address(request), unit=unit, started_at=request.received_at,
    )  # fmt: skip
    record(deed="requests.receive_request", subject=request, after={"kind": kind, "through": through, "due_at": clock.due_at})
    _confirm(request, clock)
    return request


def _desk_address(request: Request) -> str:
    return reverse("requests_request", args=[request.pk])


def _confirm(request: Request, clock: Clock) -> None:
    if not rules.is_sendable(request) or clock.due_at is None:
        return
    where = chrome.of(None).check_number_url
    button = (gettext("Check by number"), settings.PUBLIC_ADDRESS.rstrip("/") + where) if where else None
    context = {"request": request, "until": polish_until(clock.due_at), "received": polish_date(request.received_at)}
    send(
        to=request.contact_value, channel=request.contact, purpose=PURPOSE, template="requests/mail/received", context=context,
        button=button, dedup_key=f"{request.key}:received",
    )  # fmt: skip


@transaction.atomic
def take_request(*, request: Request, person: Any, instead_of: int | None = None) -> Request:
    """From now it is with this person, instead of the one named, or of nobody. Raises NotYours, RequestRefused."""
    request = _locked(request, person, "take")
    rules.check_open(request)
    rules.check_taking(request, instead_of)
    before, request.person = request.person_id, person
    request.save(update_fields=["person"])
    assign_clock(rule=rules.CLOCKS[Kind(request.kind)], subject=request.key, person=person, unit=request.unit)
    record(deed="requests.take_request", subject=request, before={"person": before}, after={"person": person.pk}, actor=person)
    return request


@transaction.atomic
def note_case_number(*, request: Request, case_number: str, person: Any) -> Request:
    """Pastes back the number under which EZD keeps the case. Raises NotYours."""
    request = _locked(request, person, "note")
    before, request.case_number = request.case_number, case_number.strip()[:80]
    request.save(update_fields=["case_number"])
    after = {"case_number": request.case_number}
    record(deed="requests.note_case_number", subject=request, before={"case_number": before}, after=after, actor=person)
    return request


@transaction.atomic
def extend_request(*, request: Request, last_day: date, reason: str, person: Any) -> Request:
    """Tells the person of a longer term and why, and moves the clock. Raises NotYours, RequestRefused, ClockRefused."""
    request = _locked(request, person, "extend")
    rules.check_extending(request)
    due = end_of_day(last_day)
    clock = extend_clock(rule=rules.CLOCKS[Kind(request.kind)], subject=request.key, due_at=due, reason=reason)
    request.extended_until = clock.due_at
    request.save(update_fields=["extended_until"])
    _write(request, Reply.About.EXTENSION, reason, {"until": polish_until(due)})
    record(deed="requests.extend_request", subject=request, after={"extended_until": request.extended_until}, actor=person)
    return request


@transaction.atomic
def settle_request(
    *, request: Request, outcome: str, text: str, person: Any, decision_number: str = "", handed_to: str = ""
) -> Request:
    """Closes a request: sends the answer, stops the clock. Raises NotYours, RequestRefused."""
    request = _locked(request, person, "refuse" if outcome == Outcome.REFUSED else "answer")
    rules.check_settling(request, outcome, text, decision_number, handed_to)
    now = database_now()
    request.settled_at, request.outcome, request.person = now, outcome, request.person or person
    request.decision_number, request.handed_to = decision_number.strip(), handed_to.strip()
    request.save()
    if outcome != Outcome.WITHDRAWN:
        _write(request, Reply.About.ANSWER, text)
    stop_clock(rule=rules.CLOCKS[Kind(request.kind)], subject=request.key, event=outcome, at=now)
    record(deed="requests.settle_request", subject=request, after={"outcome": outcome}, actor=person)
    return request


def _write(request: Request, about: str, text: str, more: dict[str, Any] | None = None) -> None:
    is_sent = rules.is_sendable(request)
    Reply.objects.create(request=request, about=about, text=text.strip(), written_at=database_now(), was_sent=is_sent)
    if is_sent:
        context = {"request": request, "text": text.strip(), "received": polish_date(request.received_at), **(more or {})}
        send(
            to=request.contact_value, channel=request.contact, purpose=PURPOSE, template=f"requests/mail/{about}", context=context,
            dedup_key=f"{request.key}:{about}",
        )  # fmt: skip


def _locked(request: Request, person: Any, deed: str) -> Request:
    rules.check_may(person, deed, request, database_now())
    return Request.objects.select_for_update(of=("self",)).get(pk=request.pk)


@transaction.atomic
def erase_requests(*, requests: models.QuerySet[Request]) -> int:
    """Takes name, contact and all that was written out of requests; that there was one, its days and its end stay."""
    numbers = list(requests.values_list("pk", flat=True))
    Reply.objects.filter(request__in=numbers).update(text="")
    gone = {"name": "", "contact": Contact.NONE, "contact_value": "", "text": "", "place": "", "wanted": ""}
    return Request.objects.filter(pk__in=numbers).update(**gone, erased_at=database_now())


__all__ = [
    "ClockRefused", "erase_requests", "extend_request", "note_case_number", "receive_request", "settle_request", "take_request",
]  # fmt: skip
