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

`waits` is true while a decisive tie needs a recorded decision. Equal Shares adds `outcome.shares` and `effective_votes`, `payment`;
there `left_before` of an unfunded project is what its supporters' purses held together at the end.

Around the count of one contest:

    faults(rule.ballot, ballots, costs, budget)    which ballots the rules let count, one Fault each
    counted_ballots("first", voters)               which of several ballots of one voter counts
    access_faults(edition_rules, chosen, own)      which pools one voter may use
    count_edition(edition_rules, pools)            all pools, leftovers moved, carried and shared as a bonus
    local_pools(preset.pool_formula, ...)          the sums of the pools before the edition, term by term

`count_tallied` counts from sums of points and voters where no ballots are at hand (not for Equal Shares).
Money is always an integer of grosze; shares and percents are Fractions. Errors are ValueError (RulesError is one).
"""

from ratusz.participation.budget.engine.access import access_faults, counted_ballots
from ratusz.participation.budget.engine.as_data import edition_rules_from, rules_from, to_plain
from ratusz.participation.budget.engine.ballots import Ballots, tally
from ratusz.participation.budget.engine.contest import Decisions, Exclusion, Project, TieDecision
from ratusz.participation.budget.engine.counting import count, count_tallied, limits, needed
from ratusz.participation.budget.engine.decisions_data import decisions_from, decisions_to_plain
from ratusz.participation.budget.engine.edition import EditionOutcome, PoolContest, Transfer, count_edition
from ratusz.participation.budget.engine.outcome import Outcome, ProjectResult, Reason, SharesReport, Tie
from ratusz.participation.budget.engine.pool_formula import PoolFormula, PoolTerms, city_pool, local_pools
from ratusz.participation.budget.engine.presets import Preset, preset, preset_file, preset_for, presets
from ratusz.participation.budget.engine.ranking import ballot_order
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
from ratusz.participation.budget.engine.validity import Fault, faults, valid

__all__ = [
    "BallotRule",
    "Ballots",
    "CostLimits",
    "Decisions",
    "EditionOutcome",
    "EditionRules",
    "EqualShares",
    "Exclusion",
    "Fault",
    "Leftover",
    "Level",
    "Outcome",
    "PoolContest",
    "PoolFormula",
    "PoolTerms",
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
    "Transfer",
    "WinnersCap",
    "access_faults",
    "ballot_order",
    "city_pool",
    "count",
    "decisions_from",
    "decisions_to_plain",
    "count_edition",
    "count_tallied",
    "counted_ballots",
    "edition_rules_from",
    "faults",
    "limits",
    "local_pools",
    "needed",
    "preset",
    "preset_file",
    "preset_for",
    "presets",
    "rules_from",
    "tally",
    "to_plain",
    "valid",
]
