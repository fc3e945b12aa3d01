"""Self-government: citizens' resolution initiatives (art. 41a usg), public hearings with opinions, district councils."""

from ratusz.participation.initiatives.models.hearings import Hearing, HearingOpinion, OpinionPosition
from ratusz.participation.initiatives.models.initiatives import (
    ENDED,
    CommitteeMember,
    DistrictCouncil,
    Initiative,
    InitiativeState,
    InitiativeStep,
)

__all__ = [
    "ENDED", "CommitteeMember", "DistrictCouncil", "Hearing", "HearingOpinion", "Initiative", "InitiativeState",
    "InitiativeStep", "OpinionPosition",
]  # fmt: skip
