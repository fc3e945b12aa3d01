"""The count of one contest: rules, money, projects, ballots and decisions in, one reason a project out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from ratusz.participation.budget.engine.ballots import Ballots, tally
from ratusz.participation.budget.engine.contest import Decisions, Project
from ratusz.participation.budget.engine.outcome import Outcome, ProjectResult, Reason, Tie
from ratusz.participation.budget.engine.ranking import Ranking, rank
from ratusz.participation.budget.engine.rules import CostLimits, Rounding, Rules
from ratusz.participation.budget.engine.shares import equal_shares
from ratusz.participation.budget.engine.walk import Step, walk

MOST_PERMUTED = 5
"""Tied blocks up to this size are tried in every order; larger ones with each member first and each member last."""


def count(rules: Rules, budget: int, projects: Sequence[Project], ballots: Ballots, decisions: Decisions | None = None) -> Outcome:
    """Counts one contest. `budget` in grosze; `ballots` hold positions in `projects`; every ballot given is counted.

    Pure: the same arguments give the same outcome. Ballots the rules refuse are taken out before (see validity.py).
    Raises ValueError when a decision does not fit the rules or the projects.
    """
    if rules.ballot.type == "ranked" and ballots.points is None:
        ballots = ballots.scored(rules.ballot.scores)
    points, voters = tally(ballots, len(projects))
    return count_tallied(rules, budget, projects, points, voters, len(ballots), decisions, ballots)


def count_tallied(
    rules: Rules,
    budget: int,
    projects: Sequence[Project],
    points: Sequence[int],
    voters: Sequence[int],
    cast: int,
    decisions: Decisions | None = None,
    ballots: Ballots | None = None,
) -> Outcome:
    """Counts from sums already known (`cast` = number of ballots); Equal Shares needs the ballots themselves."""
    decisions = decisions or Decisions()
    _check(projects, decisions)
    out = _out_before(rules, budget, projects, decisions)
    needs = [needed(rules, budget, project, cast) for project in projects]
    support = points if rules.rank_key == "points" else voters
    ranking = rank(projects, (p for p in range(len(projects)) if p not in out), support, voters, rules.tie_chain, decisions)
    shown = points if rules.threshold.kind == "points" else voters
    below = {p for p in ranking.order if needs[p] is not None and shown[p] < needs[p]}
    running = [p for p in ranking.order if p not in below]
    report, purchased = None, {}
    if rules.selection == "mes":
        if ballots is None:
            raise ValueError("Equal Shares is counted from the ballots")
        shares = equal_shares(rules, budget, projects, ballots, running, voters, decisions)
        steps, report, purchased, ties = shares.steps, shares.report, shares.purchased, shares.ties
    else:
        steps = walk(projects, running, budget, rules, decisions)
        ties = _ties(ranking, support, projects, below, budget, rules, decisions)
    steps = {**steps, **{p: Step(Reason.BELOW_THRESHOLD) for p in below}}
    results = [
        _result(projects[p], step, points[p], voters[p], needs[p], decisions, place, purchased.get(p))
        for place, p, step in _in_order(ranking, steps, out)
    ]
    return Outcome(budget, cast, tuple(results), ties, report)


def _check(projects: Sequence[Project], decisions: Decisions) -> None:
    numbers = [project.number for project in projects]
    if len(set(numbers)) != len(numbers):
        raise ValueError("two projects have the same number")
    groups = [e.numbers for e in decisions.exclusions] + [t.order for t in decisions.ties]
    named = set(decisions.withdrawn).union(decisions.reserve, *groups)
    unknown = sorted(named.difference(numbers))
    if unknown:
        raise ValueError(f"a decision names unknown projects: {', '.join(unknown)}")


def _in_order(ranking: Ranking, steps: dict[int, Step], out: dict[int, Step]):
    for place, position in enumerate(ranking.order, 1):
        yield place, position, steps[position]
    for position, step in out.items():
        yield None, position, step


def _result(project, step: Step, points, voters, need, decisions: Decisions, place, purchase) -> ProjectResult:
    effective, payment = purchase or (None, None)
    return ProjectResult(
        number=project.number,
        reason=step.reason,
        cost=project.cost,
        points=points,
        voters=voters,
        rank=place,
        left_before=step.left_before,
        left_after=step.left_after,
        threshold=need,
        from_reserve=step.from_reserve,
        stopped_by=step.stopped_by,
        excluded_by=step.excluded_by,
        cap=step.cap,
        limit=step.limit,
        guaranteed=step.guaranteed,
        reference=_reference(project.number, step, decisions),
        effective_votes=effective,
        payment=payment,
    )


def _reference(number: str, step: Step, decisions: Decisions) -> str:
    if number in decisions.references:
        return decisions.references[number]
    if step.reason is Reason.EXCLUDED:
        return next((e.reference for e in decisions.exclusions if number in e.numbers), "")
    return ""


def limits(cost: CostLimits, budget: int, rounding: Rounding) -> tuple[int | None, int | None]:
    """(floor, cap) of a project's cost in grosze for a pool of `budget` grosze."""
    floors = [cost.floor, None if cost.floor_percent is None else rounding.apply(cost.floor_percent * budget / 100)]
    caps = [cost.cap, None if cost.cap_percent is None else rounding.apply(cost.cap_percent * budget / 100)]
    return max((f for f in floors if f is not None), default=None), min((c for c in caps if c is not None), default=None)


def needed(rules: Rules, budget: int, project: Project, cast: int) -> int | None:
    """Support the project needs: points or ballots after the threshold's kind; None without a threshold. All exact."""
    kind, value = rules.threshold.kind, rules.threshold.value
    if kind == "none":
        return None
    if kind == "percent":
        value = Fraction(value) * cast / 100
    if kind == "cost_share":
        value = Fraction(project.cost * cast) / (Fraction(value) * budget) if budget else Fraction(0)
    return -(-Fraction(value).numerator // Fraction(value).denominator)


def _out_before(rules: Rules, budget: int, projects: Sequence[Project], decisions: Decisions) -> dict[int, Step]:
    """Withdrawn projects, and those whose cost breaks a limit."""
    floor, cap = limits(rules.cost, budget, rules.rounding)
    out: dict[int, Step] = {}
    for position, project in enumerate(projects):
        if project.withdrawn or project.number in decisions.withdrawn:
            out[position] = Step(Reason.WITHDRAWN)
        elif floor is not None and project.cost < floor:
            out[position] = Step(Reason.INELIGIBLE, cap="floor", limit=floor)
        elif cap is not None and project.cost > cap:
            out[position] = Step(Reason.INELIGIBLE, cap="cap", limit=cap)
    return out


def _ties(ranking: Ranking, support, projects, below: set[int], budget: int, rules: Rules, decisions: Decisions) -> tuple[Tie, ...]:
    """Ties among the projects that reached the walk. Whether one is decisive is tried out, not reasoned."""
    decisions = replace(decisions, reserve=())
    order = list(ranking.order)
    base = _winners(projects, [p for p in order if p not in below], budget, rules, decisions)
    ties = []
    for block in ranking.blocks:
        members = order[block.begin : block.end]
        if sum(1 for p in members if p not in below) < 2:
            continue
        decisive = _decisive(order, block.begin, block.end, base, below, projects, budget, rules, decisions)
        waits = decisive and any(_decisive(order, b, e, base, below, projects, budget, rules, decisions) for b, e in block.drawn)
        numbers = tuple(projects[p].number for p in members)
        ties.append(Tie(numbers, support[members[0]], block.settled_by, decisive, waits, block.reference))
    return tuple(ties)


def _winners(projects, order, budget, rules, decisions) -> frozenset[int]:
    """Winners of an order that is tried out; without bars, caps and top-ups a shorter way to the same set."""
    if not decisions.exclusions and not rules.winners_caps and rules.guarantee is None and rules.selection in ("skip", "stop"):
        return _plain_winners(projects, order, budget, rules.selection == "stop")
    return frozenset(p for p, step in walk(projects, order, budget, rules, decisions).items() if step.reason.wins)


def _plain_winners(projects, order, left: int, stops: bool) -> frozenset[int]:
    funded = set()
    for position in order:
        cost = projects[position].cost
        if cost <= left:
            funded.add(position)
            left -= cost
        elif stops:
            break
    return frozenset(funded)


def _decisive(order: list[int], begin: int, end: int, base, below, projects, budget, rules, decisions) -> bool:
    for members in _other_orders(order[begin:end]):
        tried = order[:begin] + members + order[end:]
        if _winners(projects, [p for p in tried if p not in below], budget, rules, decisions) != base:
            return True
    return False


def _other_orders(members: list[int]):
    """Orders to try. For a plain skip or stop, each member first and last finds every decisive tie; caps need all orders."""
    if len(members) <= MOST_PERMUTED:
        yield from (list(order) for order in permutations(members))
        return
    for member in members:
        rest = [p for p in members if p != member]
        yield [member, *rest]
        yield [*rest, member]
