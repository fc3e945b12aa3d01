"""Points and paper cards: numbered, typed by two clerks apart from each other, settled by a third, cast on one roll."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from nacl.secret import SecretBox

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.keys import keyed_digest
from ratusz.participation.voting import entries, envelopes, residents, wording, wording_of_votes
from ratusz.participation.voting.actions.casting import Cast, cast_ballot
from ratusz.participation.voting.actions.guardians import give_consent, is_adult_of
from ratusz.participation.voting.actions.logging import log
from ratusz.participation.voting.actions.votes import require, shared
from ratusz.participation.voting.models import CardReading, PaperCard, RegisterEntry, SealedBallot, Vote, VotingPoint
from ratusz.participation.voting.rules import AlreadyVoted, BallotRefused, Choices, Undecided, VoteRefused

State = PaperCard.State
UNFINISHED = (State.READ_ONCE, State.DIFFERS, State.AGREED)
TAKES_CARDS = (Vote.State.OPEN, Vote.State.CLOSED)
MOST_CARDS = 500
CARD_LOCK = 7_205_001
"""First number of the locks under which a card gets its end: of two who finish it or put it aside the second waits."""
PERSON, GUARDIAN, WHY = "person", "guardian", "why"
"""Names of what a reading says besides points: whose card, whose guardian, why it is not valid."""


@dataclass(frozen=True)
class CardFacts:
    """What a clerk reads from a card: the person as a keyed digest, points; or why the card is not valid."""

    voter_key: str = field(default="", repr=False)
    district: str = ""
    age_band: str = ""
    is_child: bool = False
    guardian_key: str = field(default="", repr=False)
    choices: Choices = field(default_factory=dict, repr=False)
    why_invalid: str = ""

    def parts(self) -> dict[str, str]:
        """The reading part by part, as two readings are compared."""
        points = {number: str(given) for chosen in self.choices.values() for number, given in chosen.items()}
        return points | {PERSON: self.voter_key, GUARDIAN: self.guardian_key, WHY: self.why_invalid}


@dataclass(frozen=True)
class Difference:
    """One part in which two readings differ. Of a person only that they differ is known."""

    part: str
    first: str
    second: str


@transaction.atomic
def add_point(*, vote: Vote, code: str, name: str, address: str, person: Any) -> VotingPoint:
    """A place where people vote in person; the same sign twice is the same point with newer words."""
    require(person, "make_letters", vote)
    point, is_new = VotingPoint.objects.update_or_create(vote=vote, code=code, defaults={"name": name, "address": address})
    record(deed="voting.add_point", subject=point, after={"code": code, "name": name, "new": is_new})
    return point


@transaction.atomic
def issue_cards(*, point: VotingPoint, count: int, person: Any) -> list[int]:
    """Numbers of new cards for a point, going on from the last one of the vote."""
    require(person, "type_paper", point.vote)
    vote = Vote.objects.select_for_update(no_key=True).get(pk=point.vote_id)
    if not 1 <= count <= MOST_CARDS:
        raise VoteRefused(_("At most 500 cards at once."))
    if vote.state not in (Vote.State.PREPARED, Vote.State.OPEN):
        raise VoteRefused(_("The vote is closed: no more cards are given out."))
    last = PaperCard.objects.filter(vote=vote).aggregate(number=Max("number"))["number"] or 0
    numbers = list(range(last + 1, last + 1 + count))
    PaperCard.objects.bulk_create(PaperCard(vote=vote, point=point, number=number) for number in numbers)
    log(vote=vote, entry=entries.deed("cards", point=point.code, first=numbers[0], last=numbers[-1]))
    record(deed="voting.issue_cards", subject=point, after={"first": numbers[0], "last": numbers[-1]})
    return numbers


def _box(vote: int) -> SecretBox:
    return SecretBox(keyed_digest(f"voting-{vote}-paper", "readings"))


def _sealed(card: PaperCard, facts: CardFacts) -> bytes:
    return bytes(_box(card.vote_id).encrypt(json.dumps(asdict(facts)).encode()))


def facts_of(reading: CardReading) -> CardFacts:
    """What a clerk typed."""
    return CardFacts(**json.loads(_box(reading.card.vote_id).decrypt(bytes(reading.content))))


def type_card(*, card: PaperCard, facts: CardFacts, person: Any) -> tuple[PaperCard, Cast | None]:
    """One clerk's reading; a clerk who types again corrects their own. Two that agree go into the box at once.

    Call it outside a transaction: the box answers only after its commit.
    """
    state = _write_reading(card, facts, person)
    return finish_card(card=card, person=person) if state == State.AGREED else (PaperCard.objects.get(pk=card.pk), None)


@transaction.atomic
def _write_reading(card: PaperCard, facts: CardFacts, person: Any) -> str:
    require(person, "type_paper", card.vote)
    if shared(card.vote).state not in TAKES_CARDS:
        raise VoteRefused(_("Cards are typed from the opening to the end of the verification."))
    card = PaperCard.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if card.ended_at or card.state == State.AGREED:
        raise VoteRefused(_("This card has been typed twice already."))
    known = {reading.clerk_id: reading for reading in card.readings.select_related("card")}
    if person.pk not in known and len(known) == 2:
        card.state = _settle(known, facts)
    CardReading.objects.update_or_create(
        card=card, clerk=person, defaults={"content": _sealed(card, facts), "typed_at": database_now()}
    )
    others = [facts_of(reading).parts() for clerk, reading in known.items() if clerk != person.pk]
    if len(others) == 0:
        card.state = State.READ_ONCE
    elif len(others) == 1:
        card.state = State.AGREED if others[0] == facts.parts() else State.DIFFERS
    card.save(update_fields=["state"])
    record(deed="voting.type_card", subject=card, after={"state": card.state})
    return card.state


def _settle(known: Mapping[int, CardReading], facts: CardFacts) -> str:
    """A third person's reading holds where each part of it is one of the two."""
    first, second = (facts_of(reading).parts() for reading in known.values())
    mine = facts.parts()
    for part in {*first, *second, *mine}:
        if mine.get(part, "") not in (first.get(part, ""), second.get(part, "")):
            raise VoteRefused(_("A third reading settles between the two, and this one differs from both: %(part)s.") % {
                "part": wording_of_votes.CARD_PARTS.get(part, part)
            })  # fmt: skip
    return State.AGREED


def differences(card: PaperCard) -> list[Difference]:
    """Where the first two readings differ, for whoever settles with the card in hand."""
    readings = [facts_of(reading).parts() for reading in card.readings.select_related("card")[:2]]
    if len(readings) < 2:
        return []
    first, second = readings
    names = [name for name in sorted({*first, *second}) if first.get(name, "") != second.get(name, "")]
    hidden = (PERSON, GUARDIAN)
    return [
        Difference(str(wording_of_votes.CARD_PARTS.get(name, name)), "" if name in hidden else first.get(name, "0"),
                   "" if name in hidden else second.get(name, "0")) for name in names
    ]  # fmt: skip


def _agreed(card: PaperCard) -> CardFacts:
    """The reading that holds: the last one, which equals the other or settled between two."""
    last = card.readings.select_related("card").order_by("-typed_at", "-pk").first()
    assert last is not None, "a card on which two agree has readings"
    return facts_of(last)


def finish_card(*, card: PaperCard, person: Any) -> tuple[PaperCard, Cast | None]:
    """Into the box what both readings say. Raises VoteRefused where the person is in no register: first the declaration.

    Pressed again after a crash it does what is left: the same card gives the same ballot. Call it outside a transaction.
    """
    require(person, "type_paper", card.vote)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [CARD_LOCK, card.pk])
    try:
        return _finish(card, person)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [CARD_LOCK, card.pk])


def _finish(card: PaperCard, person: Any) -> tuple[PaperCard, Cast | None]:
    card = PaperCard.objects.select_related("vote__edition", "point").get(pk=card.pk)
    if card.state != State.AGREED:
        raise VoteRefused(_("This card waits for no box."))
    facts = _agreed(card)
    if facts.why_invalid:
        return _end(card, State.INVALID, facts.why_invalid), None
    key, district, age = _person(card.vote, facts)
    try:
        cast = cast_ballot(
            edition=card.vote.edition, voter_key=key, choices=facts.choices, channel="paper", age_band=age, district=district,
            idempotency_key=_sending(card), officer=person.pk, point=card.point.code,
        )  # fmt: skip
    except Undecided:
        raise
    except AlreadyVoted:
        return _end(card, State.SECOND), None
    except BallotRefused as refusal:
        return _end(card, State.INVALID, " ".join(wording.fault(fault) for fault in refusal.faults)[:200]), None
    return _end(card, State.CAST), cast


def _sending(card: PaperCard) -> str:
    """By what the box knows a card's ballot again."""
    return f"card-{card.pk}"


def _person(vote: Vote, facts: CardFacts) -> tuple[bytes, str, str]:
    """Digest, district and age band of whoever filled the card in; a child's guardian is written down."""
    key, district, age, is_child = bytes.fromhex(facts.voter_key), facts.district, facts.age_band, facts.is_child
    if residents.asks_register(vote.identity):
        entry = RegisterEntry.objects.filter(vote=vote, voter_key=key).first()
        if entry is None:
            raise VoteRefused(
                _("This person is not in the register. Write their declaration down at the desk, then finish the card.")
            )
        district, age, is_child = entry.district, entry.age_band, entry.needs_guardian
    if is_child:
        guardian = bytes.fromhex(facts.guardian_key)
        if not guardian or (residents.asks_register(vote.identity) and not is_adult_of(vote, guardian)):
            raise VoteRefused(_("This is a child's card without a guardian who may sign it."))
        give_consent(vote=vote, child_key=key, guardian_key=guardian)
    return key, district, age


@transaction.atomic
def _end(card: PaperCard, state: str, reason: str = "") -> PaperCard:
    """The card's end; what was typed from it goes."""
    card = PaperCard.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if card.ended_at is None:
        card.state, card.reason, card.ended_at = state, reason, database_now()
        card.save(update_fields=["state", "reason", "ended_at"])
        card.readings.all().delete()
        record(deed="voting.finish_card", subject=card, after={"state": state, "reason": reason})
    return card


@transaction.atomic
def reject_card(*, card: PaperCard, reason: str, person: Any) -> PaperCard:
    """Ends a card that cannot be cast (no register, no guardian) with a reason, by somebody who typed none of its readings."""
    require(person, "decide_declaration", card.vote)
    if not reason.strip():
        raise VoteRefused(_("Say why the card is not valid."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CARD_LOCK, card.pk])
    card = PaperCard.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if card.state != State.AGREED:
        raise VoteRefused(_("Only a card on which both readings agree can be put aside."))
    if card.readings.filter(clerk=person).exists():
        raise VoteRefused(_("Somebody who typed none of the readings decides this."))
    sending = envelopes.request_digest(card.vote_id, _sending(card))
    if SealedBallot.objects.filter(vote=card.vote_id, request_digest=sending).exists():
        raise VoteRefused(
            _("The ballot of this card is in the box already. Finish the card: it gets its end and the same receipt.")
        )
    return _end(card, State.INVALID, reason.strip()[:200])


def require_no_open_cards(vote: Vote) -> None:
    """The verification ends once every card that was begun has its end."""
    number = PaperCard.objects.filter(vote=vote, state__in=UNFINISHED).count()
    if number:
        raise VoteRefused(_("%(n)s paper cards are not finished: type them to the end first.") % {"n": number})
