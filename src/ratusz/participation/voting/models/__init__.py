"""A vote: keys, register and roll, sealed ballots, paper cards, the log, complaints, odd ballots, statistics."""

from ratusz.participation.voting.models.anomalies import AnomalyCase, AnomalyLimits, FlaggedBallot, KnownLine
from ratusz.participation.voting.models.ballots import BallotCode, Complaint, SealedBallot
from ratusz.participation.voting.models.committee import Annulment, InnerEnvelope, KeyCeremony, ShareHolder
from ratusz.participation.voting.models.declarations import Declaration
from ratusz.participation.voting.models.log import LogLeaf, PendingLeaf, SignedHead
from ratusz.participation.voting.models.notices import WaitingNotice
from ratusz.participation.voting.models.paper import CardReading, PaperCard, VotingPoint
from ratusz.participation.voting.models.register import (
    GuardianConsent,
    LetterBatch,
    RegisterEntry,
    RegisterImport,
    RegisterLine,
    VoterCode,
)
from ratusz.participation.voting.models.results import SecondCount, VoteTable
from ratusz.participation.voting.models.roll import HeldProof, VoterRollEntry
from ratusz.participation.voting.models.votes import Vote

__all__ = [
    "Annulment",
    "AnomalyCase",
    "AnomalyLimits",
    "BallotCode",
    "CardReading",
    "Complaint",
    "Declaration",
    "FlaggedBallot",
    "GuardianConsent",
    "HeldProof",
    "InnerEnvelope",
    "KeyCeremony",
    "KnownLine",
    "LetterBatch",
    "LogLeaf",
    "PaperCard",
    "PendingLeaf",
    "RegisterEntry",
    "RegisterImport",
    "RegisterLine",
    "SealedBallot",
    "SecondCount",
    "ShareHolder",
    "SignedHead",
    "Vote",
    "VoteTable",
    "VoterCode",
    "VoterRollEntry",
    "VotingPoint",
    "WaitingNotice",
]
