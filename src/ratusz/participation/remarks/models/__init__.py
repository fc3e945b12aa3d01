"""The register of remarks: intakes with their authors, remarks, clusters of the like, positions of units and the President."""

from ratusz.participation.remarks.models.boxes import Box as Box
from ratusz.participation.remarks.models.changes import Change as Change
from ratusz.participation.remarks.models.changes import Follower as Follower
from ratusz.participation.remarks.models.grouping import AnalysisRun as AnalysisRun
from ratusz.participation.remarks.models.grouping import GroupingDeed as GroupingDeed
from ratusz.participation.remarks.models.grouping import Proposal as Proposal
from ratusz.participation.remarks.models.grouping import ProposedRemark as ProposedRemark
from ratusz.participation.remarks.models.intakes import COUNTED as COUNTED
from ratusz.participation.remarks.models.intakes import NOT_SHOWN as NOT_SHOWN
from ratusz.participation.remarks.models.intakes import Complaint as Complaint
from ratusz.participation.remarks.models.intakes import Intake as Intake
from ratusz.participation.remarks.models.letters import RemarkLetter as RemarkLetter
from ratusz.participation.remarks.models.paper import PaperReading as PaperReading
from ratusz.participation.remarks.models.paper import PaperReturn as PaperReturn
from ratusz.participation.remarks.models.remarks import Cluster as Cluster
from ratusz.participation.remarks.models.remarks import Position as Position
from ratusz.participation.remarks.models.remarks import Remark as Remark
from ratusz.participation.remarks.models.signing_off import LetMark as LetMark
from ratusz.participation.remarks.models.signing_off import SignOff as SignOff
from ratusz.participation.remarks.models.texts import ConsultedText as ConsultedText
from ratusz.participation.remarks.models.texts import Passage as Passage
from ratusz.participation.remarks.models.texts import PlacedPassage as PlacedPassage
from ratusz.participation.remarks.models.texts import TextVersion as TextVersion

__all__ = [
    "COUNTED", "NOT_SHOWN", "AnalysisRun", "Box", "Change", "Cluster", "Complaint", "ConsultedText", "Follower",
    "GroupingDeed", "Intake", "LetMark", "PaperReading", "PaperReturn", "Passage", "PlacedPassage", "Position", "Proposal",
    "ProposedRemark", "Remark", "RemarkLetter", "SignOff", "TextVersion",
]  # fmt: skip
