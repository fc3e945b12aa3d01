"""A ballot comes in: cast online by a resident, or made of a paper that two people typed. The intake says whether it counts."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.queries import knows_streets
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.polls import rules
from ratusz.participation.polls.models import Ballot, Poll, Urn
from ratusz.participation.remarks import area, links
from ratusz.participation.remarks import rules as register
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, key_of, take_in
from ratusz.participation.remarks.actions.repeated import settle_repeated
from ratusz.participation.remarks.boxes import box_of
from ratusz.participation.remarks.models import Box, Intake, PaperReturn
from ratusz.participation.remarks.rules import RemarkRefused

State = Intake.State


@transaction.atomic
def cast(*, poll: Poll, choice: str, author: Author, form_key: uuid.UUID, comment: str = "", language: str = "pl") -> Intake:
    """One ballot online, in time by the database's clock, from an address inside, once. The same form again is the same ballot.

    Raises RemarkRefused: online nobody casts a ballot that would not count.
    """
    form, consultation = poll.form, poll.form.consultation
    Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
    now = database_now()
    rules.check_open(poll, now)
    rules.check_choice(poll, choice)
    if not author.name.strip() or not author.address.strip():
        raise RemarkRefused(_("Write your first name, surname and address: without them a ballot does not count."))
    district = area.district_of(author.address, [])
    rules.check_streets(poll, is_known=district is not None or knows_streets())
    rules.check_resident(poll, district=district, is_inside=area.is_inside(consultation, form, district, []))
    # With the answer in the key: whoever goes back and chooses another one casts another ballot.
    arrival = Arrival(form_key=uuid.uuid5(form_key, choice), language=language)
    _check_once(poll, author, arrival, comment)
    intake = take_in(consultation=consultation, form=form, points=_points(comment), author=author, arrival=arrival)
    _ballot(intake, poll, choice, None)
    return intake


def _check_once(poll: Poll, author: Author, arrival: Arrival, comment: str) -> None:
    """Where the last one counts, a second ballot replaces the first; elsewhere it is refused before anybody loses a vote."""
    if box_of(poll.form).uniqueness in (Box.Uniqueness.LAST, Box.Uniqueness.NONE):
        return
    digest = links.author_digest(poll.form.consultation, author.name, author.address)
    same = Intake.objects.filter(form=poll.form, author_digest=digest).exclude(state=State.WRONG_FORM)
    if same.exclude(form_key=key_of(arrival, _points(comment), author)).exists():
        raise RemarkRefused(
            _("A ballot with this name and address is here already; each person has one. If it was not you, come to the Office.")
        )


def _points(comment: str) -> list[Point]:
    return [Point(comment.strip())] if comment.strip() else []


def _ballot(intake: Intake, poll: Poll, choice: str, urn: Urn | None) -> Ballot:
    made, _is_new = Ballot.objects.get_or_create(intake=intake, defaults={"poll": poll, "choice": choice, "urn": urn})
    return made


def take_paper(paper: PaperReturn, facts: dict[str, str], clerks: list[Any]) -> Intake:
    """The ballot of a paper whose typings agree; within the transaction of the last typing. What does not count gets its code.

    The people who typed it are the two who looked at a rejected one.
    """
    form = paper.form
    poll = Poll.objects.get(form=form)
    author = Author(facts.get("name", ""), facts.get("address", ""), Intake.Category.RESIDENT)
    arrival = Arrival(
        channel=paper.channel, received_at=paper.arrived_at, form_key=uuid.uuid4(), scan=paper.scan, receipt=paper.receipt
    )  # fmt: skip
    person = clerks[-1]
    points = _points(facts.get("comment", ""))
    intake = take_in(
        consultation=form.consultation, form=form, points=points, author=author, arrival=arrival, person=person, settles=False
    )  # fmt: skip
    _ballot(intake, poll, facts.get("choice", ""), _urn_of(poll, facts.get("urn", "")))
    _judge(intake, poll, facts, clerks)
    return intake


def _urn_of(poll: Poll, number: str) -> Urn | None:
    return poll.urns.filter(pk=number).first() if number.isdecimal() else None


def _judge(intake: Intake, poll: Poll, facts: dict[str, str], clerks: list[Any]) -> None:
    now = database_now()
    if facts.get("seen") == State.WRONG_FORM:
        state, code = State.WRONG_FORM, ""
    else:
        code = rules.reason_of(
            poll, name=intake.author_name, address=intake.author_address, district=intake.district, is_inside=intake.is_in_area,
            choice=facts.get("choice", ""), is_late=register.is_late(intake.consultation, intake.form, intake.received_at),
            seen=facts.get("seen", ""),
        )  # fmt: skip
        state = State.REJECTED if code else State.ACCEPTED
    intake.state, intake.reason_code, intake.missing = state, code, []
    intake.judged_at, intake.judged_by, intake.second_by = now, clerks[-1], clerks[0]
    intake.save(update_fields=["state", "reason_code", "missing", "judged_at", "judged_by", "second_by"])
    record(deed="polls.judge_paper", subject=intake, after={"state": state, "reason": code}, actor=clerks[-1])
    if state == State.ACCEPTED:
        settle_repeated(intake, now)
