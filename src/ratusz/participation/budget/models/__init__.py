"""Editions, pools, projects, opened ballots and results of the participatory budget; a published result is final data."""

from ratusz.participation.budget.models.ballots import Ballot
from ratusz.participation.budget.models.editions import Edition, Pool, PoolTerm, Project
from ratusz.participation.budget.models.results import PoolResult, ProjectResult, Recount, ResultChange

__all__ = ["Ballot", "Edition", "Pool", "PoolResult", "PoolTerm", "Project", "ProjectResult", "Recount", "ResultChange"]
