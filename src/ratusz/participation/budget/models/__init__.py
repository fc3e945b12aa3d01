"""Editions, pools, projects, opened ballots and results of the participatory budget; a published result is final data."""

from ratusz.participation.budget.models.ballot_list import ExclusionSet
from ratusz.participation.budget.models.ballots import Ballot
from ratusz.participation.budget.models.edition_rules import EditionChange, RulesVersion
from ratusz.participation.budget.models.editions import Edition, Pool, PoolTerm, Project
from ratusz.participation.budget.models.profiles import Profile
from ratusz.participation.budget.models.results import PoolResult, ProjectResult, Recount, ResultChange
from ratusz.participation.budget.models.stages import Stage, StageCode

__all__ = [
    "Ballot", "Edition", "EditionChange", "ExclusionSet", "Pool", "PoolResult", "PoolTerm", "Profile", "Project", "ProjectResult",
    "Recount", "ResultChange", "RulesVersion", "Stage", "StageCode",
]  # fmt: skip
