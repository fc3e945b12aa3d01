"""Decisions of the President, what happens to them, who asked and follows, and the steps of the ladder."""

from ratusz.governance.decisions.models.course import DecisionPart, DueDateChange, Handover, LaterDayRequest, PublicChange
from ratusz.governance.decisions.models.decisions import Decision
from ratusz.governance.decisions.models.ladder import LadderRun, LadderStep
from ratusz.governance.decisions.models.people import Asker, Follower
from ratusz.governance.decisions.models.questions import CouncillorQuestion
from ratusz.governance.decisions.models.reports import Evidence, Report

__all__ = [
    "Asker", "CouncillorQuestion", "Decision", "DecisionPart", "DueDateChange", "Evidence", "Follower", "Handover", "LadderRun",
    "LadderStep", "LaterDayRequest", "PublicChange", "Report",
]  # fmt: skip
