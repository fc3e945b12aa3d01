"""Self-government: citizens' resolution initiatives (art. 41a usg), public hearings, debates, contacts of district councils."""

from ratusz.participation.initiatives.models.councils import DistrictCouncil
from ratusz.participation.initiatives.models.debates import Debate, DebateEntry, EntryState, Refusal
from ratusz.participation.initiatives.models.hearings import Hearing, HearingOpinion, OpinionPosition
from ratusz.participation.initiatives.models.initiatives import (
    ENDED,
    CommitteeMember,
    Initiative,
    InitiativeState,
    InitiativeStep,
)
from ratusz.participation.initiatives.models.notices import CommitteeNotice, NoticeState

__all__ = [
    "ENDED", "CommitteeMember", "CommitteeNotice", "Debate", "DebateEntry", "DistrictCouncil", "EntryState", "Hearing",
    "HearingOpinion", "Initiative", "InitiativeState", "InitiativeStep", "NoticeState", "OpinionPosition", "Refusal",
]  # fmt: skip
