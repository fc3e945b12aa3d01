""" "This was not me": the link in the notice of a ballot leads to a complaint, which flags the ballot and does no more."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import envelopes
from ratusz.participation.voting.models import Complaint, SealedBallot, Vote
from ratusz.participation.voting.rules import VoteRefused


@transaction.atomic
def complain(*, token: str) -> Complaint:
    """Makes the complaint of the link's holder; a second press gives the same one. Raises VoteRefused when it is too late."""
    found = SealedBallot.objects.filter(notice_digest=envelopes.notice_digest(token))
    # The vote first: a verification that ends this moment either sees the complaint or is over before it.
    vote = Vote.objects.select_for_update(no_key=True).filter(pk__in=found.values("vote")).first()
    ballot = found.select_for_update().first()
    if vote is None or ballot is None:
        raise VoteRefused(_("This link leads to no ballot that can still be verified. Ask the office if something is wrong."))
    known = Complaint.objects.filter(ballot_code=ballot.pk).first()
    if known:
        return known
    if vote.state not in (Vote.State.OPEN, Vote.State.CLOSED):
        raise VoteRefused(_("The verification of ballots is over. Write to the office: it tells you what can still be done."))
    complaint = Complaint.objects.create(vote=vote, ballot_code=ballot.pk, made_at=database_now())
    if ballot.state == SealedBallot.State.ACCEPTED:
        SealedBallot.objects.filter(pk=ballot.pk).update(is_quarantined=True)
    record(deed="voting.complain", subject=complaint)
    return complaint
