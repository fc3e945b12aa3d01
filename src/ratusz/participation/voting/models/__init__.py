"""A vote: its state and keys, the roll of who voted, sealed ballots, the log with its signed heads, complaints, statistics."""

from ratusz.participation.voting.models.ballots import BallotCode, Complaint, SealedBallot
from ratusz.participation.voting.models.committee import Annulment, InnerEnvelope, KeyCeremony, ShareHolder
from ratusz.participation.voting.models.log import LogLeaf, PendingLeaf, SignedHead
from ratusz.participation.voting.models.notices import WaitingNotice
from ratusz.participation.voting.models.results import SecondCount, VoteTable
from ratusz.participation.voting.models.roll import HeldProof, VoterRollEntry
from ratusz.participation.voting.models.votes import Vote

__all__ = [
    "Annulment",
    "BallotCode",
    "Complaint",
    "HeldProof",
    "InnerEnvelope",
    "KeyCeremony",
    "LogLeaf",
    "PendingLeaf",
    "SealedBallot",
    "SecondCount",
    "ShareHolder",
    "SignedHead",
    "Vote",
    "VoteTable",
    "VoterRollEntry",
    "WaitingNotice",
]
