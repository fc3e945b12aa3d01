"""Casting: one transaction in which the roll decides who was first, the sealed ballot is kept and the log gets its entry."""

from __future__ import annotations

import secrets
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.models import Edition
from ratusz.participation.voting import entries, envelopes, notices, receipt_codes
from ratusz.participation.voting.actions.votes import shared
from ratusz.participation.voting.models import Annulment, PendingLeaf, SealedBallot, Vote, WaitingNotice
from ratusz.participation.voting.models.roll import Channel
from ratusz.participation.voting.queries import sheet_of
from ratusz.participation.voting.rules import (
    SECOND_BALLOT,
    AllVoid,
    AlreadyVoted,
    BallotRefused,
    BallotSheet,
    Choices,
    Closed,
    Undecided,
    check_ballot,
    used_parts,
)

# One question for what must stand or fall together (migration 0006). Nothing is added where the roll holds the voter.
CAST = """SELECT ratusz_voting_cast(%(vote)s, %(code)s, %(voter)s, %(inner)s, %(mac)s, %(channel)s, %(district)s, %(age)s, %(line)s,
    %(contact)s, %(officer)s, %(point)s, %(request)s, %(link)s, %(zone)s, %(entry)s, %(notice)s)"""
WINDOW = "the_vote_takes_ballots_while_open"


@dataclass(frozen=True)
class Cast:
    """A ballot that is in: the number for the receipt, and the token of the link "this was not me" (empty when repeated)."""

    code: str
    notice_token: str = ""
    is_repeated: bool = False

    @property
    def shown_code(self) -> str:
        """As it is printed."""
        return receipt_codes.shown(self.code)


def cast_ballot(*, edition: Edition, **ballot: Any) -> Cast:
    """Takes one ballot into the vote of this edition; the rest as in `cast_into`."""
    return cast_into(vote=edition.vote, **ballot)


def cast_into(
    *,
    vote: Vote,
    voter_key: bytes,
    choices: Choices,
    channel: str,
    age_band: str = "",
    idempotency_key: str,
    district: str = "",
    officer: int | None = None,
    point: str = "",
    client_nonce: str = "",
    line: str = "",
    contact: str = "",
    language: str = "pl",
    is_told: bool = True,
) -> Cast:
    """Takes one ballot. It returns only after the commit, so whatever it returns may be confirmed to the voter.

    A notice to the `contact` commits with the ballot, unless nobody is told (a simulation). Raises BallotRefused for choices the
    rules do not let stand, Closed outside the hours by the database's clock, AlreadyVoted when the roll holds this voter and the
    first ballot is final. The same `idempotency_key` of the same voter gives the same receipt. Call it outside a transaction. The
    vote's state may be old: the database judges it when the ballot arrives.
    """
    sheet, used = sheet_of(vote), used_parts(choices)
    if faults := check_ballot(sheet, used, district):
        raise BallotRefused(faults)
    if vote.public_key is None:
        raise Closed(_("The vote takes no ballots now."))
    token = secrets.token_urlsafe(24)
    inner = envelopes.seal(envelopes.PlainBallot(vote.pk, used, age_band), bytes(vote.public_key), client_nonce)
    row = {
        "vote": vote.pk, "voter": voter_key, "channel": channel, "age": age_band, "district": district or _local_part(sheet, used),
        "zone": settings.TIME_ZONE, "code": receipt_codes.code_of(inner), "inner": inner, "officer": officer, "point": point,
        "mac": envelopes.outer_mac(vote.pk, voter_key, inner), "line": envelopes.line_digest(vote.pk, line),
        "contact": envelopes.contact_digest(vote.pk, contact), "request": envelopes.request_digest(vote.pk, idempotency_key),
        "link": envelopes.notice_digest(token), "entry": entries.envelope(inner),
        "notice": notices.sealed(notices.Notice(contact, token, vote.pk, language)) if contact and is_told else None,
    }  # fmt: skip
    try:
        cast = _insert(row) or _second(vote, row)
        if cast is None:
            raise AllVoid(_("A ballot of this person was in the box. By the rules whoever casts two has none: neither counts."))
    except Closed:
        # Whoever sends the form again after the close still gets the receipt of the ballot that was in time.
        if known := _repeated(vote, voter_key, row["request"]):
            return known
        raise
    return cast if cast.is_repeated else replace(cast, notice_token=token)


def _local_part(sheet: BallotSheet, used: Choices) -> str:
    """The district a ballot is reconciled under when the voter's own is not known: the one whose part was used."""
    return next((pool for pool in used if sheet.parts[pool].level != "city"), "")


def _insert(row: dict[str, Any]) -> Cast | None:
    """The ballot as the voter's first; None when the roll holds the voter already."""
    # A single statement is its own transaction; begin and commit would be two more journeys. Only a test stands around.
    alone = transaction.atomic(durable=True) if connection.in_atomic_block else nullcontext()
    try:
        with alone, connection.cursor() as cursor:
            cursor.execute(CAST, row)
            return Cast(str(row["code"])) if cursor.fetchone()[0] else None
    except IntegrityError as problem:
        raise _named(problem) from problem


def _named(problem: IntegrityError) -> Exception:
    """The database's refusal in words; what is no matter of the voter stays an error."""
    broken = str(getattr(getattr(problem.__cause__, "diag", None), "constraint_name", ""))
    return Closed(_("The vote takes no ballots now.")) if WINDOW in broken else problem


@transaction.atomic(durable=True)
def _second(vote: Vote, row: dict[str, Any]) -> Cast | None:
    """What comes of a second sending: the same receipt for the same form, else what the policy of the edition says.

    None where both ballots are void; what was annulled has to be kept, so the refusal comes after the commit.
    """
    voter, request = row["voter"], row["request"]
    # Two second ballots of one voter at once: one after the other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(bytes(voter)[:8], "big", signed=True)])
    if known := _repeated(vote, voter, request):
        return known
    if vote.double_vote == Vote.DoubleVote.FIRST:
        raise AlreadyVoted(_("A ballot of this person is already in the box, and the first one is final."))
    _require_window(vote, row["channel"])
    # Locked, and read again where two people are annulling it this moment.
    accepted = SealedBallot.objects.select_for_update(no_key=True).filter(state=SealedBallot.State.ACCEPTED)
    live = accepted.filter(vote=vote, voter_key=voter).first()
    if live is None and SealedBallot.objects.filter(vote=vote, voter_key=voter, annulment_reason=SECOND_BALLOT).exists():
        return None
    if live is None:
        raise AlreadyVoted(_("The ballot of this person was annulled. The office tells you why by its number."))
    is_doubted = live.is_quarantined and vote.double_vote == Vote.DoubleVote.ALL_VOID  # somebody may have cast it for them
    if is_doubted or Annulment.objects.filter(ballot_code=live.pk, decision=Annulment.Decision.OPEN).exists():
        raise Undecided(_("Two people are deciding whether the ballot of this person counts. Try again when they have."))
    if vote.double_vote == Vote.DoubleVote.ALL_VOID:
        _void(vote, live)
        return None
    return _replace(vote, live, row)


def _require_window(vote: Vote, channel: str) -> None:
    """A ballot that comes when none is taken bears on no other one; by the trigger's own measure (migration 0002)."""
    now, at = shared(vote), database_now()
    is_late = now.state != Vote.State.OPEN or at >= now.closes_at
    if at < now.opens_at or is_late and not (channel == Channel.PAPER and now.state in (Vote.State.OPEN, Vote.State.CLOSED)):
        raise Closed(_("The vote takes no ballots now."))


def _void(vote: Vote, live: SealedBallot) -> None:
    """Whoever casts two ballots has none: the one in the box is annulled by the rules, the one that comes is not kept."""
    live.state, live.annulment_reason, live.is_quarantined = SealedBallot.State.ANNULLED, SECOND_BALLOT, False
    live.save(update_fields=["state", "annulment_reason", "is_quarantined"])
    PendingLeaf.objects.create(vote_id=vote.pk, entry=entries.annulment(bytes(live.inner), SECOND_BALLOT))


def _repeated(vote: Vote, voter_key: object, request: object) -> Cast | None:
    code = (
        SealedBallot.objects.filter(vote=vote, voter_key=voter_key, request_digest=request).values_list("code", flat=True).first()
    )
    return Cast(code, is_repeated=True) if code else None


def _replace(vote: Vote, live: SealedBallot, row: dict[str, Any]) -> Cast:
    """The last ballot counts: the earlier one is marked and stays in the log."""
    names = {
        "code": "code", "voter_key": "voter", "inner": "inner", "outer_mac": "mac", "channel": "channel", "district": "district",
        "age_band": "age", "line_digest": "line", "contact_digest": "contact", "officer_number": "officer", "point": "point",
        "request_digest": "request", "notice_digest": "link",
    }  # fmt: skip
    try:
        with transaction.atomic():
            SealedBallot.objects.filter(pk=live.pk).update(state=SealedBallot.State.SUPERSEDED, is_quarantined=False)
            SealedBallot.objects.create(vote=vote, **{field: row[name] for field, name in names.items()})
    except IntegrityError as problem:
        raise _named(problem) from problem
    both = (entries.superseded(bytes(live.inner)), str(row["entry"]))
    PendingLeaf.objects.bulk_create(PendingLeaf(vote=vote, entry=entry) for entry in both)
    if row["notice"] is not None:
        WaitingNotice.objects.create(content=row["notice"])
    return Cast(str(row["code"]))
