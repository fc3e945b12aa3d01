"""What somebody says comes in, through whatever channel: one intake with a receipt, one numbered remark for each point raised."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.foundation.people.keys import digest_of_token
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks import area, links, rules
from ratusz.participation.remarks.actions.repeated import settle_repeated
from ratusz.participation.remarks.actions.showing import before_everybody, vector
from ratusz.participation.remarks.actions.telling import note, send_receipt
from ratusz.participation.remarks.boxes import BALLOT, box_of, schema_of
from ratusz.participation.remarks.models import COUNTED, Box, Change, Intake, Remark
from ratusz.participation.remarks.queries_texts import passage_numbered

CODE_LENGTH = 12
"""54 random bits and a check symbol."""
State, Proof = Intake.State, Intake.Proof


@dataclass(frozen=True)
class Author:
    """Who says it. Nothing is demanded here; what a form demands stands in its schema. `answers` are its other fields."""

    name: str = ""
    address: str = ""
    category: str = Intake.Category.UNKNOWN
    organisation: str = ""
    email: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    supporters: int = 1
    district: District | None = None
    """Named by itself, where no address says more."""


@dataclass(frozen=True)
class Point:
    """One point raised. `passage` is the stable id of a passage with its words of that moment, `place` a GeoJSON geometry."""

    content: str
    passage: str = ""
    passage_words: str = ""
    place: dict[str, Any] | None = None
    place_words: str = ""
    unit: Unit | None = None
    passage_number: int | None = None
    """Of a passage in the consulted text, as a person writes it; its id and words are found when it is taken in."""


@dataclass(frozen=True)
class Arrival:
    """How it came. `received_at` None: now, by the database's clock. `source_key` names the thing elsewhere it is made of."""

    channel: str = Intake.Channel.ONLINE
    received_at: datetime | None = None
    form_key: uuid.UUID | None = None
    source_key: str = ""
    language: str = "pl"
    scan: Any = None
    heard_from: str = ""
    """A code of Intake.Heard; "" where nobody said."""
    receipt: str = ""
    """Given before, on the stub of a paper; "" for a new one."""


def take_in(
    *, consultation: Consultation, points: Sequence[Point], author: Author = Author(), arrival: Arrival = Arrival(),
    form: Form | None = None, person: Any = None, settles: bool = True,
) -> Intake:  # fmt: skip
    """Keeps what came: one intake, its remarks with the next numbers, its receipt. The same form or source again is the same.

    After the end it is kept as late. Without `person` a resident does it, while the consultation takes remarks. A ballot may say
    nothing in words. `settles` False: whoever calls says at once whether it counts. Raises NotYours, RemarkRefused.
    """
    if person is not None:
        rules.check_may(person, "enter", consultation, database_now())
    if points or form is None or form.kind != BALLOT:
        rules.check_points([each.content for each in points])
    contact, points = _contact(author.email), located(consultation, form, points)
    key = key_of(arrival, points, author)
    with transaction.atomic():
        # The consultation first, everywhere: its numbers are given one after another, and repeated ones meet here.
        consultation = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
        if (known := _known(consultation, key, arrival.source_key)) is not None:
            return known
        now = database_now()
        intake = _written(consultation, form, points, author, arrival, contact, key, now, person)
        remarks = _numbered(intake, points, now)
        note(intake, Change.Kind.LATE if intake.state == State.LATE else Change.Kind.RECEIVED, at=now)
        record(
            deed="remarks.take_in", subject=intake, actor=person,
            after={"channel": intake.channel, "state": intake.state, "remarks": [each.number for each in remarks]},
        )  # fmt: skip
        if settles:
            settle_repeated(intake, now)
        before_everybody(intake, remarks)
        send_receipt(intake)
    return intake


def located(consultation: Consultation, form: Form | None, points: Sequence[Point]) -> list[Point]:
    """The points with ids and words of the passages they name by number. Raises RemarkRefused for a number no text has."""
    found = []
    for each in points:
        if each.passage_number is not None and not each.passage:
            named = passage_numbered(consultation, form, each.passage_number)
            if named is None:
                words = gettext("There is no passage no. %(number)s in the published text. Look at its numbers again.")
                raise rules.RemarkRefused(words % {"number": each.passage_number})
            each = replace(each, passage=named.code, passage_words=named.words)
        found.append(each)
    return found


def _contact(email: str) -> Any:
    if not email.strip():
        return None
    try:
        return add_address(channel="email", value=email)
    except NotDeliverable as refusal:
        raise rules.RemarkRefused(str(refusal)) from refusal


def key_of(arrival: Arrival, points: Sequence[Point], author: Author) -> uuid.UUID:
    """With the words in the key: whoever goes back and writes something else in the same form makes another intake."""
    if arrival.form_key is None:
        return uuid.uuid4()
    said = [[each.content, each.passage, each.place, each.place_words] for each in points]
    who = [author.name, author.address, author.email, author.organisation, author.category, author.answers]
    digest = hashlib.sha256(json.dumps([said, who], sort_keys=True, default=str).encode()).hexdigest()
    return uuid.uuid5(arrival.form_key, digest)


def _known(consultation: Consultation, key: uuid.UUID, source_key: str) -> Intake | None:
    mine = Intake.objects.filter(form_key=key)
    if source_key:
        mine = mine | Intake.objects.filter(consultation=consultation, source_key=source_key)
    return mine.select_related("consultation", "form", "contact").first()


def _written(
    consultation: Consultation, form: Form | None, points: Sequence[Point], author: Author, arrival: Arrival, contact: Any,
    key: uuid.UUID, now: datetime, person: Any,
) -> Intake:  # fmt: skip
    received = arrival.received_at or now
    rules.check_received(received, now)
    rules.check_takes(consultation, form, received if person is not None else now, by_staff=person is not None)
    places = [each.place for each in points]
    district = area.district_of(author.address, places) or author.district
    intake = Intake(
        consultation=consultation, form=form, receipt=arrival.receipt or random_code(CODE_LENGTH), form_key=key,
        channel=arrival.channel,
        received_at=received, entered_at=now, category=author.category or Intake.Category.UNKNOWN, contact=contact,
        organisation=author.organisation.strip(), supporters=author.supporters, author_name=author.name.strip(),
        author_address=author.address.strip(), answers=author.answers, district=district, language=arrival.language,
        is_in_area=area.is_inside(consultation, form, district, places), source_key=arrival.source_key, scan=arrival.scan,
        entered_by=person, heard_from=arrival.heard_from,
        author_digest=links.author_digest(consultation, author.name, author.address),
    )  # fmt: skip
    intake.proof = proof_of(intake)
    intake.missing = missing_of(intake, author, box_of(form))
    intake.state = _state_of(intake, person)
    intake.token_digest = digest_of_token(links.token_of(intake))
    intake.save(force_insert=True)
    return intake


def proof_of(intake: Intake) -> str:
    """How sure it is who speaks: declared, with an address that the register of streets knows; a code comes later."""
    if not intake.author_name or not intake.author_address:
        return Proof.NONE
    return Proof.ADDRESS if intake.district is not None else Proof.DECLARED


def missing_of(intake: Intake, author: Author, box: Box) -> list[str]:
    """Names of fields the form needs and nobody filled in; "code" while a form waits for the code of its author."""
    if intake.form is None or intake.source_key:
        return []
    schema = schema_of(intake.form, box, intake.received_at)
    said = {"name": author.name, "address": author.address, "email": author.email, "organisation": author.organisation}
    said["category"] = author.category if author.category != Intake.Category.UNKNOWN else ""
    missing = [each for each in schema.needs() if not str({**author.answers, **said}.get(each, "")).strip()]
    if box.proof == Proof.CODE and intake.channel == Intake.Channel.ONLINE:
        missing.append("code")
    return missing


def _state_of(intake: Intake, person: Any) -> str:
    """Late ones first: nothing is completed after the end. On paper a clerk looks before an intake is accepted."""
    if rules.is_late(intake.consultation, intake.form, intake.received_at):
        return State.LATE
    if intake.missing:
        return State.COMPLETION_ASKED if intake.missing == ["code"] else State.REGISTERED
    return State.ACCEPTED


def _numbered(intake: Intake, points: Sequence[Point], now: datetime) -> list[Remark]:
    """Remarks with the next numbers of the consultation; under its lock."""
    last = Remark.objects.filter(consultation=intake.consultation_id).aggregate(last=Max("number"))["last"] or 0
    return [_remark(intake, number, each, now) for number, each in enumerate(points, start=last + 1)]


def _remark(intake: Intake, number: int, point: Point, now: datetime) -> Remark:
    content = point.content.strip()
    return Remark.objects.create(
        consultation=intake.consultation, intake=intake, number=number, content=content, passage=point.passage,
        passage_words=point.passage_words, place=point.place, place_words=point.place_words.strip(), unit=point.unit,
        made_at=now, words=vector(content),
    )  # fmt: skip


@transaction.atomic
def split(*, intake: Intake, points: Sequence[Point], person: Any) -> list[Remark]:
    """A clerk makes further remarks of what one intake says; numbers already given stay. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "run", intake, now)
    rules.check_points([each.content for each in points])
    consultation = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=intake.consultation_id)
    intake = Intake.objects.select_for_update(of=("self",), no_key=True).select_related("consultation", "form").get(pk=intake.pk)
    rules.check_state(intake, *COUNTED, State.LATE, State.OUT_OF_SCOPE)
    rules.check_points(["-"] * (intake.remarks.count() + len(points)))
    intake.consultation = consultation
    made = _numbered(intake, located(consultation, intake.form, points), now)
    record(deed="remarks.split", subject=intake, after={"remarks": [each.number for each in made]}, actor=person)
    before_everybody(intake, made)
    return made
