"""The counting engine of the participatory budget: pure functions over plain numbers, exact, without Django.

What others may use (everything else is inside):

    rules = preset("katowice").rules.level("district").rules        # or rules_from({...}), Rules(...)
    projects = [Project("L12/11/IX", cost=23_150_00), ...]           # grosze
    ballots = Ballots.of([p.number for p in projects], [["L12/11/IX", ...], ...], [[2, ...], ...])
    outcome = count(rules, 517_061_00, projects, ballots, Decisions(...))
    outcome.winners, outcome.spent, outcome.left, outcome.ties, outcome.waits
    outcome["L12/14/IX"].reason                                      # Reason.NO_MONEY
    outcome["L12/14/IX"].left_before, .cost, .threshold, .points     # the numbers behind it

`Reason` has ten values; `ProjectResult` says which numbers belong to each:

    funded           left_before, left_after, guaranteed
    top_up           left_before, from_reserve
    reserve          from_reserve, reference
    below_threshold  threshold against points (threshold kind `points`) or voters (other kinds)
    no_money         left_before against cost
    after_stop       stopped_by, left_before
    excluded         excluded_by, reference
    capped           cap (area or category), limit
    withdrawn        reference
    ineligible       cap ("floor" or "cap"), limit

`count_tallied` counts from sums of points and voters where no ballots are at hand (not for Equal Shares).
Money is always an integer of grosze; shares and percents are Fractions. Errors are ValueError (RulesError is one).
"""

from ratusz.participation.budget.engine.as_data import edition_rules_from, rules_from, to_plain
from ratusz.participation.budget.engine.ballots import Ballots, tally
from ratusz.participation.budget.engine.contest import Decisions, Exclusion, Project, TieDecision
from ratusz.participation.budget.engine.counting import count, count_tallied, limits, needed
from ratusz.participation.budget.engine.outcome import Outcome, ProjectResult, Reason, SharesReport, Tie
from ratusz.participation.budget.engine.presets import Preset, preset, preset_file, preset_for, presets
from ratusz.participation.budget.engine.rules import (
    BallotRule,
    CostLimits,
    EditionRules,
    EqualShares,
    Leftover,
    Level,
    Rounding,
    Rules,
    RulesError,
    Threshold,
    WinnersCap,
)

__all__ = [
    "BallotRule",
    "Ballots",
    "CostLimits",
    "Decisions",
    "EditionRules",
    "EqualShares",
    "Exclusion",
    "Leftover",
    "Level",
    "Outcome",
    "Preset",
    "Project",
    "ProjectResult",
    "Reason",
    "Rounding",
    "Rules",
    "RulesError",
    "SharesReport",
    "Threshold",
    "Tie",
    "TieDecision",
    "WinnersCap",
    "count",
    "count_tallied",
    "edition_rules_from",
    "limits",
    "needed",
    "preset",
    "preset_file",
    "preset_for",
    "presets",
    "rules_from",
    "tally",
    "to_plain",
]
