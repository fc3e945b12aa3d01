"""Method of Equal Shares (metoda równych udziałów) with its completions, greedy fill and comparison with the plain walk.

Source: section 4 of the domain reference; equalshares.net/implementation. Cost utilities; for ballots with points the support of a
project weighs as many points as the ballot gives it, which is our extension.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from ratusz.participation.budget.engine.ballots import Ballots
from ratusz.participation.budget.engine.contest import Decisions, Project
from ratusz.participation.budget.engine.electorate import FEW, Electorate
from ratusz.participation.budget.engine.outcome import Reason, SharesReport, Tie
from ratusz.participation.budget.engine.purses import Run
from ratusz.participation.budget.engine.ranking import rank, separating
from ratusz.participation.budget.engine.rules import Rules
from ratusz.participation.budget.engine.walk import Step, barred, walk

WEIGHTED = ("cumulative", "ranked")


@dataclass(frozen=True)
class Result:
    """Steps by position, the report, e and λ of each purchase, ties of effective votes."""

    steps: dict[int, Step]
    report: SharesReport
    purchased: dict[int, tuple[Fraction, Fraction]]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Count:
    """What stays the same through all runs of one count."""

    rules: Rules
    budget: int
    projects: Sequence[Project]
    decisions: Decisions
    electorate: Electorate
    costs: dict[int, int]
    tie_order: tuple[int, ...]

    def run(self, share: Fraction) -> Run:
        watches = self.decisions.exclusions or self.rules.winners_caps
        check = (lambda c, bought: barred(c, self.projects, bought, self.rules, self.decisions)) if watches else None
        ranks = {c: index for index, c in enumerate(self.tie_order)}
        return Run(self.electorate, share, self.costs, ranks, check).go()

    def is_exhaustive(self, run: Run) -> bool:
        """No project that could still be bought fits in what is left of the pool."""
        left = self.budget - run.cost
        return all(self.costs[c] > left or self.shut(c, run.bought) for c in self.costs if c not in run.bought)

    def shut(self, candidate: int, bought: Sequence[int]) -> bool:
        return barred(candidate, self.projects, bought, self.rules, self.decisions) is not None


def equal_shares(
    rules: Rules,
    budget: int,
    projects: Sequence[Project],
    ballots: Ballots,
    running: Sequence[int],
    voters: Sequence[int],
    decisions: Decisions,
) -> Result:
    """Counts by Equal Shares. `running`: positions that reached the count, in order of support; money in grosze."""
    candidates = [p for p in running if projects[p].cost > 0 and voters[p] > 0]
    electorate = Electorate(ballots, candidates, rules.ballot.type in WEIGHTED)
    costs = {p: projects[p].cost for p in candidates if electorate.weight[p] > 0}
    ranking = rank(projects, running, [0] * len(projects), voters, rules.tie_chain, decisions)
    count = Count(rules, budget, projects, decisions, electorate, costs, ranking.order)
    final, runs, ended_by, tied = complete(count)
    drawn = [set(ranking.order[begin:end]) for block in ranking.blocks for begin, end in block.drawn]
    ties = _ties(count, voters, final, tied, drawn)
    return _finish(count, ballots, running, final, runs, ended_by, ties)


def complete(count: Count) -> tuple[Run | None, int, str, set[frozenset[int]]]:
    """The run that stands after the completion, how many runs it took, what ended it, and all ties met on the way."""
    electorate, options = count.electorate, count.rules.mes
    tied: set[frozenset[int]] = set()
    if not electorate.ballots:
        return None, 0, "none", tied
    current = count.run(Fraction(count.budget, electorate.ballots))
    tied.update(map(frozenset, current.ties))
    runs, units = 1, count.budget // (electorate.ballots * options.unit)
    if options.completion == "none":
        return current, runs, "none", tied
    while True:
        if len(current.bought) == len(count.costs):
            return current, runs, "all_bought", tied
        if options.completion == "add1_exhaustive" and count.is_exhaustive(current):
            return current, runs, "exhaustive", tied
        units = _next_units(count, current, units)
        if units is None:
            return current, runs, "all_bought", tied
        following = count.run(Fraction(units * options.unit))
        runs += 1
        tied.update(map(frozenset, following.ties))
        if following.cost > count.budget:
            return current, runs, "exceeded", tied
        current = following


def _next_units(count: Count, run: Run, units: int) -> int | None:
    """The next share worth a run, in units; None when no share can buy more.

    While every supporter pays a full part, the order of purchases depends on the support alone. If besides nothing else
    could be paid for even from full purses, a higher share changes nothing until the first of the others comes within reach.
    """
    unit = count.rules.mes.unit
    others = [c for c in count.costs if c not in run.bought and not count.shut(c, run.bought)]
    if not others:
        return None
    if not run.all_paid_equally:
        return units + 1
    reach = min(-(-count.costs[c] // (count.electorate.support[c] * unit)) for c in others)
    return max(units + 1, reach)


def _ties(
    count: Count, voters: Sequence[int], final: Run | None, tied: set[frozenset[int]], drawn: list[set[int]]
) -> tuple[Tie, ...]:
    """Ties of effective votes in any run; decisive when the drawn order settled one and another order gives other winners."""
    if final is None:
        return ()
    found = []
    for members in sorted(tied, key=sorted):
        order = tuple(p for p in count.tie_order if p in members)
        undecided = any(len(members & part) > 1 for part in drawn)
        decisive = undecided and any(_other_winners(count, final, order, p) for p in order)
        links = separating(count.projects, order, voters, count.rules.tie_chain, count.decisions)
        numbers = tuple(count.projects[p].number for p in order)
        found.append(Tie(numbers, count.electorate.support[order[0]], links, decisive, decisive))
    return tuple(found)


def _other_winners(count: Count, final: Run, order: tuple[int, ...], first: int) -> bool:
    rest = [p for p in count.tie_order if p != first]
    rest.insert(min(rest.index(p) for p in order if p != first), first)
    other = complete(replace(count, tie_order=tuple(rest)))[0]
    return other is not None and set(other.bought) != set(final.bought)


def _finish(count: Count, ballots: Ballots, running, final: Run | None, runs: int, ended_by: str, ties) -> Result:
    bought = [] if final is None else list(final.bought)
    filled = _fill(count, running, bought) if count.rules.mes.greedy_fill else []
    purchased, together = _exact_facts(count, final)
    steps = {p: _step(count, p, bought, filled, together) for p in running}
    names = lambda positions: tuple(count.projects[p].number for p in positions)  # noqa: E731
    share = Fraction(0) if final is None else final.share
    report = SharesReport(share, names(bought), runs, ended_by, names(filled))
    if not count.rules.mes.comparison:
        return Result(steps, report, purchased, ties)
    walked = walk(count.projects, running, count.budget, replace(count.rules, selection="skip"), count.decisions)
    other = {p for p, step in walked.items() if step.reason.wins}
    for_shares, for_walk = prefer(ballots, {*bought, *filled}, other, len(count.projects))
    walk_won = for_walk > for_shares
    report = replace(
        report, prefer_shares=for_shares, prefer_walk=for_walk, walk_won=walk_won, walk=names(p for p in running if p in other)
    )
    return Result(walked if walk_won else steps, report, {} if walk_won else purchased, ties)


def _fill(count: Count, running, bought: list[int]) -> list[int]:
    """Greedy fill: down the list by support, what fits in the rest."""
    left = count.budget - sum(count.projects[p].cost for p in bought)
    filled: list[int] = []
    for p in running:
        if p in bought or count.projects[p].cost > left or count.shut(p, [*bought, *filled]):
            continue
        filled.append(p)
        left -= count.projects[p].cost
    return filled


def _exact_facts(count: Count, final: Run | None) -> tuple[dict[int, tuple[Fraction, Fraction]], dict[int, int]]:
    """(e, λ) of each purchase, and what the supporters of each other candidate still had at the end, in grosze."""
    if final is None:
        return {}, {}
    final.exact.follow(final.bought)
    together = {c: final.exact.about_together(c) for c in count.costs if c not in final.bought}
    purchased = {c: (count.costs[c] / price, price) for c, price in final.exact.last_prices()}
    return purchased, together


def _step(count: Count, position: int, bought: list[int], filled: list[int], together: dict[int, int]) -> Step:
    if position in bought:
        return Step(Reason.FUNDED)
    if position in filled:
        return Step(Reason.FUNDED, left_after=None)
    passed = barred(position, count.projects, [*bought, *filled], count.rules, count.decisions)
    return passed or Step(Reason.NO_MONEY, left_before=together.get(position, 0))


def prefer(ballots: Ballots, one: set[int], other: set[int], projects: int) -> tuple[int, int]:
    """How many ballots have more of their own projects in the first set, and how many in the second."""
    balance = np.zeros(projects, dtype=np.int8)
    balance[list(one - other)] = 1
    balance[list(other - one)] = -1
    for_one = for_other = 0
    for begin in range(0, len(ballots), FEW):
        starts = ballots.starts[begin : begin + FEW + 1]
        sums = np.cumsum(balance[ballots.choices[starts[0] : starts[-1]]], dtype=np.int32)
        sums = np.concatenate([[0], sums])[starts - starts[0]]
        gains = np.diff(sums)
        for_one += int((gains > 0).sum())
        for_other += int((gains < 0).sum())
    return for_one, for_other
