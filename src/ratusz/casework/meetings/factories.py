"""Meetings for tests and the demo."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from ratusz.casework.documents.actions import take_number
from ratusz.casework.meetings.kinds import kind_on
from ratusz.casework.meetings.links import door_code, token_of
from ratusz.casework.meetings.models import (
    AgendaItem,
    Invitation,
    Meeting,
    MeetingDuty,
    MeetingRequest,
    Place,
    Question,
    Registration,
    Speaker,
    Standing,
    Voice,
)
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.people.keys import digest_of_token
from ratusz.foundation.units.models import Unit


def make_place(name: str = "Szkoła Podstawowa nr 0 (próbna)", **facts: Any) -> Place:
    """A room with an entry without steps."""
    return Place.objects.get_or_create(name=name, defaults={"address": "ul. Próbna 1", "is_step_free": True, **facts})[0]


def _department() -> Unit:
    """Made in tests alone: the library of factories is not there where the demo runs, and the demo has its department."""
    from ratusz.foundation.units.factories import UnitFactory

    return UnitFactory(is_department=True)


def make_meeting(kind: str = "residents", *, in_days: float = 14, announced: bool = True, **facts: Any) -> Meeting:
    """A meeting of two hours in so many days (negative: it was), announced unless asked otherwise, with an owner and a place."""
    now = database_now()
    starts = facts.pop("starts_at", now + timedelta(days=in_days))
    rules = kind_on(kind, local_day(max(starts, now)))
    owner = Unit.objects.the_department() or _department()
    start: dict[str, Any] = {
        "kind": kind, "title": rules.name.capitalize(), "starts_at": starts, "ends_at": starts + timedelta(hours=2),
        "owner_unit": owner, "contact": "tel. 32 000 00 00", "who_may_come": "każdy", "is_public": rules.is_public,
        "capacity": rules.capacity,
    }  # fmt: skip
    if announced:
        start |= {"state": State.ANNOUNCED, "announced_at": min(starts, now) - timedelta(days=1), "kind_facts": rules.content}
        start["place"] = facts.pop("place", None) or make_place()
    return Meeting.objects.create(**(start | facts))


def give_task(meeting: Meeting, person: Any, task: str = MeetingDuty.Task.ORGANISER) -> MeetingDuty:
    """The person gets a task at this meeting."""
    return MeetingDuty.objects.create(meeting=meeting, person=person, task=task)


def at_moment(meeting: Meeting, **shift: float) -> datetime:
    """The start of the meeting moved by so much: `at_moment(meeting, minutes=-5)`."""
    return meeting.starts_at + timedelta(**shift)


def make_registration(meeting: Meeting, *, standing: str = Standing.CONFIRMED, email: str = "", **facts: Any) -> Registration:
    """A registration as it would stand in the table; tests of registering go through the actions instead."""
    now = database_now()
    start: dict[str, Any] = {"name": "Osoba z zapisu", "standing": standing, "made_at": now, "public_id": uuid.uuid4()}
    if standing in (Standing.CONFIRMED, Standing.CHECKED_IN, Standing.ABSENT):
        start["confirmed_at"] = now
    if standing in (Standing.WAITING, Standing.OFFERED):
        start["waiting_since"] = now
    if standing == Standing.OFFERED:
        start["offer_expires_at"] = now + timedelta(hours=12)
    if standing == Standing.UNCONFIRMED:
        start["hold_expires_at"] = now + timedelta(minutes=30)
    if email:
        start["address"] = add_address(channel="email", value=email)
    made = Registration(meeting=meeting, door_code=door_code(), code=random_code(12), **(start | facts))
    made.token_digest = digest_of_token(token_of(made))
    made.save()
    return made


def make_invitation(meeting: Meeting, *, email: str = "gosc@example.pl", **facts: Any) -> Invitation:
    """Somebody on the list of invited people, not written to yet."""
    start: dict[str, Any] = {"name": "Osoba zaproszona", "organisation": "Stowarzyszenie Próbne", "made_at": database_now()}
    made = Invitation(meeting=meeting, public_id=uuid.uuid4(), address=add_address(channel="email", value=email), **(start | facts))
    made.token_digest = digest_of_token(token_of(made))
    made.save()
    return made


def _next(rows: Any, field: str) -> int:
    return (rows.aggregate(last=Max(field))["last"] or 0) + 1


def make_point(meeting: Meeting, title: str = "Remont ulicy", **facts: Any) -> AgendaItem:
    """One point at the end of the agenda."""
    return AgendaItem.objects.create(meeting=meeting, title=title, order=_next(meeting.agenda, "order"), **facts)


def make_speaker(meeting: Meeting, who: str = "mieszkanka, Ligota", **facts: Any) -> Speaker:
    """Somebody at the end of the line of speakers."""
    start = {"order": _next(meeting.speakers, "order"), "minutes": 3, "signed_up_at": database_now()}
    return Speaker.objects.create(meeting=meeting, who=who, **(start | facts))


def make_question(meeting: Meeting, text: str = "Kiedy wróci autobus?", **facts: Any) -> Question:
    """A question nobody has read yet."""
    return Question.objects.create(meeting=meeting, text=text, **({"asked_at": database_now()} | facts))


def make_voice(meeting: Meeting, question: str = "Chodnik jest dziurawy.", **facts: Any) -> Voice:
    """The next voice, without an outcome."""
    start = {"number": _next(meeting.voices, "number"), "who": "mieszkaniec, Ligota", "written_at": database_now()}
    return Voice.objects.create(meeting=meeting, question=question, **(start | facts))


@transaction.atomic
def make_meeting_request(meeting: Meeting, subject: str = "Oświetlenie parku", *, email: str = "", **facts: Any) -> MeetingRequest:
    """A request with its number, without an outcome."""
    start: dict[str, Any] = {"text": "Proszę o latarnie w parku.", "filed_at": database_now(), "code": random_code(12)}
    if email:
        start["address"] = add_address(channel="email", value=email)
    made = MeetingRequest.objects.create(meeting=meeting, subject=subject, **(start | facts))
    made.number = take_number(series="meetings.request", subject=made.key, at=made.filed_at).text
    made.save(update_fields=["number"])
    return made
