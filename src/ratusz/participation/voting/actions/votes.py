"""The course of a vote: prepared under the committee's key, opened with everything frozen, extended after an outage, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import ratusz
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.models import Edition
from ratusz.participation.voting import entries
from ratusz.participation.voting.actions.logging import head_now, log, log_now
from ratusz.participation.voting.models import KeyCeremony, Vote
from ratusz.participation.voting.queries import ballot_fingerprint, ballot_sheet
from ratusz.participation.voting.rules import VoteRefused, may
from ratusz.publishing.website.actions import bump_content_version

State = Vote.State


def require(person: Any, deed: str, vote: Vote | None) -> None:
    """`person` is None for the program itself (schedule, simulation, demo)."""
    if person is not None and not may(person, deed, vote, database_now()):
        raise VoteRefused(_("Your role does not let you do this. Ask the coordinator of the budget."))


def shared(vote: Vote) -> Vote:
    """The vote as it stands; nobody closes or opens it before this transaction ends, and casting goes on beside it."""
    return Vote.objects.raw("SELECT * FROM ratusz_voting_vote WHERE edition_id = %s FOR KEY SHARE", [vote.pk])[0]


@transaction.atomic
def prepare_vote(
    *,
    edition: Edition,
    opens_at: datetime,
    closes_at: datetime,
    identity: str = "address",
    double_vote: str = Vote.DoubleVote.FIRST,
    person: Any = None,
) -> Vote:
    """Makes the vote of an edition, or changes hours, identity and policy of one that is not open yet."""
    require(person, "prepare_vote", None)
    if closes_at <= opens_at:
        raise VoteRefused(_("The vote has to close after it opens."))
    known = Vote.objects.select_for_update().filter(pk=edition.pk).first()
    if known and known.state != State.PREPARED:
        raise VoteRefused(_("This vote is open already; what it was opened with stays."))
    vote = known or Vote(edition=edition)
    before = {"opens_at": vote.opens_at, "closes_at": vote.closes_at, "identity": vote.identity} if known else None
    vote.opens_at, vote.closes_at, vote.identity, vote.double_vote = opens_at, closes_at, identity, double_vote
    vote.save()
    after = {"opens_at": opens_at, "closes_at": closes_at, "identity": identity, "double_vote": str(double_vote)}
    record(deed="voting.prepare_vote", subject=vote, before=before, after=after, actor=person)
    return vote


@transaction.atomic
def open_vote(*, vote: Vote, person: Any = None) -> Vote:
    """Freezes ballot, rules and program version, and lets ballots in from `opens_at` on. May be done days before."""
    require(person, "open_vote", vote)
    vote = Vote.objects.select_for_update(of=("self",)).select_related("edition").get(pk=vote.pk)
    if vote.state != State.PREPARED:
        raise VoteRefused(_("This vote is open already."))
    if database_now() >= vote.closes_at:
        raise VoteRefused(_("The hours of this vote are over. Move the voting in the calendar of the edition first."))
    ceremony = KeyCeremony.objects.filter(vote=vote, public_key=vote.public_key).first()
    if ceremony is None:
        raise VoteRefused(_("There is no key yet: first the committee makes it in the ceremony."))
    if ceremony.tested_at is None:
        raise VoteRefused(_("The committee has not opened the test envelope yet: first the drill."))
    if vote.edition.opened_at and not vote.edition.ballot_frozen_at:
        raise VoteRefused(_("The ballot is not frozen yet: two people freeze it on the page of the edition's rules."))
    sheet = ballot_sheet(vote.edition)
    if not any(part.numbers for part in sheet.parts.values()):
        raise VoteRefused(_("There is no project on the ballot yet."))
    vote.fingerprints = vote.fingerprints | {
        "ballot": ballot_fingerprint(sheet), "rules": vote.edition.rules_hash, "version": ratusz.__version__,
        **({"ballot_list": vote.edition.ballot_hash} if vote.edition.ballot_hash else {}),
    }  # fmt: skip
    vote.state = State.OPEN
    vote.save(update_fields=["fingerprints", "state"])
    for name, value in sorted(vote.fingerprints.items()):
        log(vote=vote, entry=entries.setting(name, value))
    for name in ("double_vote", "identity"):
        log(vote=vote, entry=entries.setting(name, getattr(vote, name)))
    log(vote=vote, entry=entries.deed("open"))
    record(deed="voting.open_vote", subject=vote, after=vote.fingerprints, actor=person)
    bump_content_version()
    transaction.on_commit(lambda: head_now(vote))
    return vote


@transaction.atomic
def extend_vote(*, vote: Vote, closes_at: datetime, reason: str) -> Vote:
    """Moves the end later after an outage; a vote that closed meanwhile opens again. Two people decided it: see calendar.py."""
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if vote.state not in (State.OPEN, State.CLOSED):
        raise VoteRefused(_("Only a vote that is open, or has closed and is not verified yet, can be extended."))
    if closes_at <= max(vote.closes_at, database_now()):
        raise VoteRefused(_("The new end has to be later than the present one, and still to come."))
    if not reason.strip():
        raise VoteRefused(_("Say why: residents read it."))
    before = vote.closes_at
    vote.closes_at, vote.state = closes_at, State.OPEN
    vote.save(update_fields=["closes_at", "state"])
    minutes = round((closes_at - before).total_seconds() / 60)
    log_now(vote=vote, entry=entries.deed("extend", minutes=minutes, reason=reason.strip()))
    record(deed="voting.extend_vote", subject=vote, before={"closes_at": before}, after={"closes_at": closes_at, "reason": reason})
    bump_content_version()
    return vote


@transaction.atomic
def close_vote(*, vote: Vote, person: Any = None) -> Vote:
    """Closes a vote whose hour has come; waits for ballots being cast this moment, then signs the head of the whole log."""
    require(person, "close_vote", vote)
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if vote.state != State.OPEN:
        raise VoteRefused(_("This vote is not open."))
    if database_now() < vote.closes_at:
        raise VoteRefused(_("The hour of closing has not come yet."))
    vote.state = State.CLOSED
    vote.save(update_fields=["state"])
    log(vote=vote, entry=entries.deed("close"))
    record(deed="voting.close_vote", subject=vote, actor=person)
    bump_content_version()
    transaction.on_commit(lambda: head_now(vote))
    return vote


def close_due_votes() -> int:
    """Closes every vote whose hour has come; returns how many."""
    due = list(Vote.objects.filter(state=State.OPEN, closes_at__lte=database_now()))
    for vote in due:
        close_vote(vote=vote)
    return len(due)
