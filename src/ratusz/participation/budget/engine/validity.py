"""Which ballots the rules let count. Checked at the cast and before the count; the count itself takes what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np

from ratusz.participation.budget.engine.ballots import Ballots
from ratusz.participation.budget.engine.rules import BallotRule


class Fault(IntEnum):
    """What is wrong with a ballot; the first fault found. NONE: it counts."""

    NONE = 0
    UNKNOWN_PROJECT = 1
    REPEATED_PROJECT = 2
    TOO_FEW = 3
    TOO_MANY = 4
    NO_POINTS = 5
    """A project is named without a point for it."""
    TOO_MANY_POINTS = 6
    TOO_MANY_FOR_ONE = 7
    UNUSED_POINTS = 8
    OVER_THE_POOL = 9


def faults(rule: BallotRule, ballots: Ballots, costs: Sequence[int], budget: int) -> np.ndarray:
    """One Fault a ballot, as uint8. `costs` by position and `budget` in grosze; they matter to knapsack ballots only."""
    found = np.zeros(len(ballots), dtype=np.uint8)
    lengths, owners = ballots.lengths(), ballots.owners()
    known = (ballots.choices >= 0) & (ballots.choices < len(costs))
    _mark(found, _any(owners[~known], len(ballots)), Fault.UNKNOWN_PROJECT)
    _mark(found, _repeats(ballots.choices, owners, len(ballots)), Fault.REPEATED_PROJECT)
    most = 1 if rule.type == "choose1" else rule.max
    least = most if rule.exact else rule.min
    _mark(found, lengths < (least or 0), Fault.TOO_FEW)
    if most is not None:
        _mark(found, lengths > most, Fault.TOO_MANY)
    if rule.type == "cumulative":
        _mark_points(found, rule, ballots, owners)
    if rule.type == "knapsack":
        prices = np.array(costs, dtype=np.int64)[np.where(known, ballots.choices, 0)]
        _mark(found, _sums(owners, prices, len(ballots)) > budget, Fault.OVER_THE_POOL)
    return found


def fault_of_one(rule: BallotRule, chosen: Sequence[int], points: Sequence[int] | None, costs: Sequence[int], budget: int) -> Fault:
    """What `faults` says of a single ballot, without arrays: at the cast each is checked alone. A test compares the two."""
    if not all(0 <= one < len(costs) for one in chosen):
        return Fault.UNKNOWN_PROJECT
    if len(set(chosen)) < len(chosen):
        return Fault.REPEATED_PROJECT
    most = 1 if rule.type == "choose1" else rule.max
    if len(chosen) < ((most if rule.exact else rule.min) or 0):
        return Fault.TOO_FEW
    if most is not None and len(chosen) > most:
        return Fault.TOO_MANY
    if rule.type == "cumulative":
        return _points_fault(rule, [1] * len(chosen) if points is None else points)
    if rule.type == "knapsack" and sum(costs[one] for one in chosen) > budget:
        return Fault.OVER_THE_POOL
    return Fault.NONE


def _points_fault(rule: BallotRule, points: Sequence[int]) -> Fault:
    if any(given <= 0 for given in points):
        return Fault.NO_POINTS
    if rule.points_per_project is not None and any(given > rule.points_per_project for given in points):
        return Fault.TOO_MANY_FOR_ONE
    if rule.points is not None and sum(points) > rule.points:
        return Fault.TOO_MANY_POINTS
    if rule.points is not None and not rule.allow_unused and sum(points) < rule.points:
        return Fault.UNUSED_POINTS
    return Fault.NONE


def valid(rule: BallotRule, ballots: Ballots, costs: Sequence[int], budget: int) -> Ballots:
    """The ballots without fault."""
    return ballots.only(faults(rule, ballots, costs, budget) == Fault.NONE)


def _mark(found: np.ndarray, wrong: np.ndarray, fault: Fault) -> None:
    found[wrong & (found == Fault.NONE)] = fault


def _any(owners: np.ndarray, ballots: int) -> np.ndarray:
    marked = np.zeros(ballots, dtype=bool)
    marked[owners] = True
    return marked


def _repeats(choices: np.ndarray, owners: np.ndarray, ballots: int) -> np.ndarray:
    order = np.lexsort((choices, owners))
    same = (choices[order][1:] == choices[order][:-1]) & (owners[order][1:] == owners[order][:-1])
    return _any(owners[order][1:][same], ballots)


def _sums(owners: np.ndarray, values: np.ndarray, ballots: int) -> np.ndarray:
    totals = np.zeros(ballots, dtype=np.int64)
    np.add.at(totals, owners, values)
    return totals


def _mark_points(found: np.ndarray, rule: BallotRule, ballots: Ballots, owners: np.ndarray) -> None:
    points = np.ones(len(ballots.choices), dtype=np.int32) if ballots.points is None else ballots.points
    _mark(found, _any(owners[points <= 0], len(ballots)), Fault.NO_POINTS)
    if rule.points_per_project is not None:
        _mark(found, _any(owners[points > rule.points_per_project], len(ballots)), Fault.TOO_MANY_FOR_ONE)
    if rule.points is not None:
        totals = _sums(owners, points, len(ballots))
        _mark(found, totals > rule.points, Fault.TOO_MANY_POINTS)
        if not rule.allow_unused:
            _mark(found, totals < rule.points, Fault.UNUSED_POINTS)
