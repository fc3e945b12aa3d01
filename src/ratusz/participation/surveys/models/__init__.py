"""Surveys: the questionnaire in its versions, answers that lead to nobody, codes of closed surveys, quotas, paper forms."""

from ratusz.participation.surveys.models.answers import Answer as Answer
from ratusz.participation.surveys.models.answers import Channel as Channel
from ratusz.participation.surveys.models.answers import Draft as Draft
from ratusz.participation.surveys.models.answers import Submission as Submission
from ratusz.participation.surveys.models.doors import Quota as Quota
from ratusz.participation.surveys.models.doors import Token as Token
from ratusz.participation.surveys.models.doors import TokenBatch as TokenBatch
from ratusz.participation.surveys.models.exports import AnswersExport as AnswersExport
from ratusz.participation.surveys.models.paper import CardEntry as CardEntry
from ratusz.participation.surveys.models.paper import CardSettlement as CardSettlement
from ratusz.participation.surveys.models.paper import CardState as CardState
from ratusz.participation.surveys.models.paper import PaperBatch as PaperBatch
from ratusz.participation.surveys.models.paper import PaperCard as PaperCard
from ratusz.participation.surveys.models.population import PopulationCount as PopulationCount
from ratusz.participation.surveys.models.population import PopulationTable as PopulationTable
from ratusz.participation.surveys.models.research import Method as Method
from ratusz.participation.surveys.models.research import Origin as Origin
from ratusz.participation.surveys.models.research import ResearchCard as ResearchCard
from ratusz.participation.surveys.models.research import ResearchResults as ResearchResults
from ratusz.participation.surveys.models.research import ResearchSeries as ResearchSeries
from ratusz.participation.surveys.models.research import ResearchState as ResearchState
from ratusz.participation.surveys.models.research import ResearchUse as ResearchUse
from ratusz.participation.surveys.models.research import WaveMatch as WaveMatch
from ratusz.participation.surveys.models.surveys import STATES as STATES
from ratusz.participation.surveys.models.surveys import Door as Door
from ratusz.participation.surveys.models.surveys import Questionnaire as Questionnaire
from ratusz.participation.surveys.models.surveys import Sample as Sample
from ratusz.participation.surveys.models.surveys import Survey as Survey

__all__ = [
    "STATES", "Answer", "AnswersExport", "CardEntry", "CardSettlement", "CardState", "Channel", "Door", "Draft", "Method",
    "Origin", "PaperBatch", "PaperCard", "PopulationCount", "PopulationTable", "Questionnaire", "Quota", "ResearchCard",
    "ResearchResults", "ResearchSeries", "ResearchState", "ResearchUse", "Sample", "Submission", "Survey", "Token",
    "TokenBatch", "WaveMatch",
]  # fmt: skip
