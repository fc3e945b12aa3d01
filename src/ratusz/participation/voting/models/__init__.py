"""A vote: its state and keys, the roll, sealed ballots, the log with its signed heads, complaints, odd ballots, statistics."""

from ratusz.participation.voting.models.anomalies import AnomalyCase, AnomalyLimits, FlaggedBallot, KnownLine
from ratusz.participation.voting.models.ballots import BallotCode, Complaint, SealedBallot
from ratusz.participation.voting.models.committee import Annulment, InnerEnvelope, KeyCeremony, ShareHolder
from ratusz.participation.voting.models.log import LogLeaf, PendingLeaf, SignedHead
from ratusz.participation.voting.models.notices import WaitingNotice
from ratusz.participation.voting.models.results import SecondCount, VoteTable
from ratusz.participation.voting.models.roll import HeldProof, VoterRollEntry
from ratusz.participation.voting.models.votes import Vote

__all__ = [
    "Annulment",
    "AnomalyCase",
    "AnomalyLimits",
    "BallotCode",
    "Complaint",
    "FlaggedBallot",
    "HeldProof",
    "InnerEnvelope",
    "KeyCeremony",
    "KnownLine",
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
