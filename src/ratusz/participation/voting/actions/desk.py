"""An officer lets somebody present go to the ballot: known by a document, at one point, a child with its guardian."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.participation.voting import residents
from ratusz.participation.voting.actions.guardians import give_consent, is_adult_of
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.models import RegisterEntry, Vote, VoterRollEntry, VotingPoint
from ratusz.participation.voting.rules import VoteRefused


class NotListed(VoteRefused):
    """The person is in no register: at a point they declare and are let in at once."""


@transaction.atomic
def admit_at_point(
    *, point: VotingPoint, known: IdentityProof, guardian_key: bytes | None, document: str, person: Any, contact: str = ""
) -> IdentityProof:
    """The proof an officer vouches for. Officer and point go onto the ballot and into the record; the voter into neither.

    Raises NotListed, and VoteRefused for whoever has voted already or for a child without a guardian.
    """
    require(person, "serve_at_point", point.vote)
    vote = Vote.objects.select_related("edition").get(pk=point.vote_id)
    district, age, is_child = known.district, known.age_band, bool(known.channel_facts.get(residents.CHILD))
    if residents.asks_register(vote.identity):
        entry = RegisterEntry.objects.filter(vote=vote, voter_key=known.voter_key).first()
        if entry is None:
            raise NotListed(_("This person is not in the register. Take the declaration down: they vote at once."))
        district, age, is_child = entry.district, entry.age_band, entry.needs_guardian
    if vote.double_vote != Vote.DoubleVote.LAST and VoterRollEntry.objects.filter(vote=vote, voter_key=known.voter_key).exists():
        record(deed="voting.admit_at_point", subject=point, after={"point": point.code, "document": document, "has_voted": True})
        return IdentityProof(b"")
    if is_child:
        _guardian(vote, known.voter_key, guardian_key)
    record(deed="voting.admit_at_point", subject=point, after={"point": point.code, "document": document})
    facts = {"channel": "point", "officer": str(person.pk), "point": point.code, residents.GUARDIAN: "1" if is_child else ""}
    return IdentityProof(known.voter_key, district, age, contact, facts)


def _guardian(vote: Vote, child_key: bytes, guardian_key: bytes | None) -> None:
    if guardian_key is None:
        raise VoteRefused(_("This is a child: write down the guardian who is here, too."))
    if residents.asks_register(vote.identity) and not is_adult_of(vote, guardian_key):
        raise VoteRefused(_("This guardian is not in the register as an adult. Take their declaration down first."))
    give_consent(vote=vote, child_key=child_key, guardian_key=guardian_key)
