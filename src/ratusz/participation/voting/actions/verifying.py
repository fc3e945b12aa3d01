"""Between close and count: complaints decided, ballots annulled by two people, the sums compared, the verification ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import clauses, entries, reconciliation, searching
from ratusz.participation.voting.actions.logging import log, log_now
from ratusz.participation.voting.actions.paper import require_no_open_cards
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.models import Annulment, AnomalyCase, Complaint, SealedBallot, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.wording import ASKED_FOR

State = Vote.State
UNDER_VERIFICATION = (State.OPEN, State.CLOSED)


@transaction.atomic
def ask_annulment(*, ballot_code: str, reason: str, grounds: str, person: Any) -> Annulment:
    """One person asks, with a code of the catalogue and grounds; the ballot stands as "in verification" meanwhile."""
    ballot = _under_verification(ballot_code)
    require(person, "ask_annulment", ballot.vote)
    clauses.require(ballot.vote.edition, clauses.ANNULMENT)
    if reason not in ASKED_FOR or not grounds.strip():
        raise VoteRefused(_("Choose a reason and write the grounds: the second person reads them."))
    if Annulment.objects.filter(ballot_code=ballot.pk, decision__in=["open", "granted"]).exists():
        raise VoteRefused(_("Somebody has asked for this already."))
    asked = Annulment.objects.create(
        vote=ballot.vote, ballot_code=ballot.pk, reason=reason, grounds=grounds.strip(), asked_by=person, asked_at=database_now()
    )
    SealedBallot.objects.filter(pk=ballot.pk).update(is_quarantined=True)
    record(deed="voting.ask_annulment", subject=asked, after={"reason": reason}, actor=person)
    return asked


def _under_verification(code: str) -> SealedBallot:
    """The ballot, locked after its vote. Raises VoteRefused when there is none that may still be taken out."""
    found = SealedBallot.objects.filter(pk=code).values_list("vote", flat=True).first()
    vote = Vote.objects.select_for_update(no_key=True).filter(pk=found, state__in=UNDER_VERIFICATION).first()
    ballots = SealedBallot.objects.select_for_update(of=("self",)).select_related("vote")
    ballot = ballots.filter(pk=code, vote=vote, state=SealedBallot.State.ACCEPTED).first() if vote else None
    if ballot is None:
        raise VoteRefused(
            _("There is no such ballot under verification. After the verification only a repeat of the vote is possible.")
        )
    return ballot


@transaction.atomic
def decide_annulment(*, annulment: Annulment, is_granted: bool, person: Any) -> Annulment:
    """Another person than the one who asked decides; granted, the ballot is annulled in the public log with its reason."""
    ballot = _under_verification(annulment.ballot_code)
    require(person, "decide_annulment", ballot.vote)
    asked = Annulment.objects.select_for_update().get(pk=annulment.pk)
    if asked.decision != Annulment.Decision.OPEN:
        return asked
    if person is None or asked.asked_by_id == person.pk:
        raise VoteRefused(_("You asked for it: somebody else decides."))
    asked.decision = Annulment.Decision.GRANTED if is_granted else Annulment.Decision.REFUSED
    asked.decided_by, asked.decided_at = person, database_now()
    asked.save(update_fields=["decision", "decided_by", "decided_at"])
    ballot.is_quarantined = _is_held(ballot.pk)
    if is_granted:
        ballot.state, ballot.annulment_reason, ballot.is_quarantined = SealedBallot.State.ANNULLED, asked.reason, False
        log(vote=ballot.vote, entry=entries.annulment(bytes(ballot.inner), asked.reason))
    ballot.save(update_fields=["state", "annulment_reason", "is_quarantined"])
    record(deed="voting.decide_annulment", subject=asked, after={"decision": str(asked.decision)}, actor=person)
    return asked


@transaction.atomic
def decide_annulments(*, annulments: Iterable[Annulment], is_granted: bool, person: Any) -> int:
    """The same decision about several, all or none; gives back how many."""
    return sum(
        decide_annulment(annulment=one, is_granted=is_granted, person=person).decided_by_id == person.pk for one in annulments
    )


def _is_held(code: str) -> bool:
    """Whether something else about this ballot is undecided: a complaint, an annulment asked for, a case of odd ballots."""
    return (
        Complaint.objects.filter(ballot_code=code, state=Complaint.State.OPEN).exists()
        or Annulment.objects.filter(ballot_code=code, decision=Annulment.Decision.OPEN).exists()
        or AnomalyCase.objects.filter(flagged__ballot_code=code, state=AnomalyCase.State.QUARANTINED).exists()
    )


@transaction.atomic
def decide_complaint(*, complaint: Complaint, is_upheld: bool, reasons: str, person: Any) -> Complaint:
    """Answers a voter with reasons. Upheld only once two people annulled the ballot; dismissed, the ballot counts again.

    Raises VoteRefused.
    """
    vote = Vote.objects.select_for_update(no_key=True).get(pk=complaint.vote_id)
    require(person, "decide_complaint", vote)
    said = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if said.state != Complaint.State.OPEN:
        return said
    if not reasons.strip():
        raise VoteRefused(_("Write the reasons: the voter reads them."))
    ballot = SealedBallot.objects.select_for_update().filter(pk=said.ballot_code, vote=vote).first()
    counts = ballot is None or ballot.state == SealedBallot.State.ACCEPTED
    # Where the rules know no annulment the ballot stays, and the voter is told so. What a later ballot replaced counts no more.
    if is_upheld and counts and clauses.allows(vote.edition, clauses.ANNULMENT):
        raise VoteRefused(
            _("First ask for the annulment of this ballot and let a second person decide it; then uphold the complaint.")
        )
    said.state = Complaint.State.UPHELD if is_upheld else Complaint.State.DISMISSED
    said.reasons, said.ended_at = reasons.strip(), database_now()
    said.save(update_fields=["state", "reasons", "ended_at"])
    if ballot is not None and counts:
        ballot.is_quarantined = _is_held(ballot.pk)
        ballot.save(update_fields=["is_quarantined"])
    record(deed="voting.decide_complaint", subject=said, after={"state": str(said.state)}, actor=person)
    return said


@transaction.atomic
def end_verification(*, vote: Vote, person: Any = None) -> Vote:
    """Nothing is open any more and the sums agree: from here on no single ballot can be taken out. Raises VoteRefused."""
    require(person, "end_verification", vote)
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if vote.state != State.CLOSED:
        raise VoteRefused(_("A vote is verified after it has closed, and once."))
    if words := what_is_open(vote):
        raise VoteRefused(words)
    require_no_open_cards(vote)
    if odd := searching.unseen_count(vote):
        words = _("Ballots that look odd and that nobody has looked at: {count}. Search for odd ballots and end the cases first.")
        raise VoteRefused(words.format(count=odd))
    sums = reconciliation.sums_of(vote)
    if sums.faults():
        raise VoteRefused(_("The roll and the envelopes do not agree: {faults}.").format(faults="; ".join(sums.faults())))
    vote.state = State.VERIFIED
    vote.save(update_fields=["state"])
    log_now(vote=vote, entry=entries.deed("verified", **sums.totals()))
    record(deed="voting.end_verification", subject=vote, after=sums.totals(), actor=person)
    return vote


def what_is_open(vote: Vote) -> str:
    """What stops the end of the verification, in words; "" when all is decided."""
    complaints = vote.complaints.filter(state=Complaint.State.OPEN).count()
    asked = vote.annulments.filter(decision=Annulment.Decision.OPEN).count()
    cases = AnomalyCase.objects.filter(vote=vote).exclude(state=AnomalyCase.State.ENDED).count()
    flagged = vote.sealed_ballots.filter(state=SealedBallot.State.ACCEPTED, is_quarantined=True).count()
    if complaints or asked or cases or flagged:
        words = _(
            "Still open: complaints {complaints}, annulments {asked}, cases of odd ballots {cases},"
            " ballots in verification {flagged}. Decide them first."
        )
        return words.format(complaints=complaints, asked=asked, cases=cases, flagged=flagged)
    return ""
