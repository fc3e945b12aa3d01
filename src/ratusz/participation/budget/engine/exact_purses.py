"""The same purses in exact fractions, followed purchase by purchase only when a close call asks for it.

A supporter's purse is the share less the parts paid for what was bought of the ballot, or nothing once it was emptied.
So the sum of any purses is (their number) · share − Σ λ · (their points for that purchase): NumPy integers, few fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from ratusz.participation.budget.engine.electorate import Electorate
from ratusz.participation.budget.engine.water_level import water_level

CLOSE = 1e-9
"""Two numbers closer than this, relative to their size, are compared by exact fractions."""


class ExactPurses:
    """Follows a run. `costs` in grosze by candidate; λ in grosze for a point of support."""

    def __init__(self, electorate: Electorate, share: Fraction, costs: dict[int, int]):
        self.electorate, self.share, self.costs = electorate, share, costs
        self.paid: list[tuple[int, Fraction]] = []
        self.purses, self.alive = np.empty(0), np.empty(0, dtype=bool)

    def follow(self, bought: Sequence[int]) -> None:
        """Catches up with the purchases made so far."""
        if not len(self.purses):
            self.purses = np.full(self.electorate.groups, float(self.share))
            self.alive = np.ones(self.electorate.groups, dtype=bool)
        for candidate in bought[len(self.paid) :]:
            self._pay(candidate, self.price(candidate))

    def together(self, candidate: int) -> Fraction:
        """What the supporters of a project have between them, in grosze."""
        return self._sum(candidate, np.ones(self._supporters(candidate), dtype=bool))

    def about_together(self, candidate: int) -> int:
        """The same to a grosz, in floating point: for the reader, nothing is decided by it."""
        purse, times = self.electorate.gather(candidate, self.purses), self.electorate.times(candidate)
        return round(float(purse.sum() if times is None else purse @ times))

    def price(self, candidate: int) -> Fraction:
        """λ of a project whose supporters can pay for it."""
        electorate, cost = self.electorate, self.costs[candidate]
        purse, points = electorate.gather(candidate, self.purses), electorate.points(candidate)
        reach = purse if points is None else purse / points
        weights = self._weights(candidate)
        level = water_level(cost, reach, weights, cost / electorate.weight[candidate])
        near = np.abs(reach - level) <= CLOSE * max(level, 1e-300)
        poor = (reach < level) & ~near
        paid = self._sum(candidate, poor)
        weight = electorate.weight[candidate] - self._weight(candidate, poor)
        price = (cost - paid) / weight
        for exact_reach, group_weight, money in self._close_ones(candidate, near):
            if exact_reach >= price:
                break
            paid += money
            weight -= group_weight
            price = (cost - paid) / weight
        return price

    def _weights(self, candidate: int) -> np.ndarray | None:
        times, points = self.electorate.times(candidate), self.electorate.points(candidate)
        if points is None:
            return times
        return points if times is None else points * times

    def _supporters(self, candidate: int) -> int:
        return sum(len(part.ids) for part in self.electorate.parts(candidate))

    def _weight(self, candidate: int, chosen: np.ndarray) -> int:
        weights = self._weights(candidate)
        return int(chosen.sum()) if weights is None else int(weights[chosen].sum())

    def _groups(self, candidate: int) -> np.ndarray:
        return np.concatenate([part.offset + part.ids.astype(np.int32) for part in self.electorate.parts(candidate)])

    def _sum(self, candidate: int, chosen: np.ndarray) -> Fraction:
        """Exact sum of the purses of the chosen supporters (one boolean a supporter)."""
        marked = np.zeros(self.electorate.groups, dtype=bool)
        marked[self._groups(candidate)[chosen]] = True
        marked &= self.alive
        times = self.electorate.times(candidate)
        living = self.electorate.gather(candidate, marked)
        total = self.share * int(living.sum() if times is None else times[living].sum())
        for earlier, price in self.paid:
            hit = self.electorate.gather(earlier, marked)
            part = self._weight(earlier, hit)
            if part:
                total -= price * part
        return total

    def _close_ones(self, candidate: int, near: np.ndarray) -> list[tuple[Fraction, int, Fraction]]:
        """(exact reach, weight, money) of supporters too close to the level for floating point, by reach."""
        groups = self._groups(candidate)[near]
        times, points = self.electorate.times(candidate), self.electorate.points(candidate)
        kinds: dict[tuple[int, tuple[int, ...]], int] = {}
        for index, key in zip(np.flatnonzero(near), self._histories(groups), strict=True):
            own = 1 if points is None else int(points[index])
            kinds[(own, key)] = kinds.get((own, key), 0) + (1 if times is None else int(times[index]))
        found = []
        for (own, history), number in kinds.items():
            purse = self._purse(history)
            found.append((purse / own, own * number, purse * number))
        return sorted(found)

    def _histories(self, groups: np.ndarray) -> list[tuple[int, ...]]:
        """Points each group gave to each purchase so far. An emptied purse is never near a level or a part, which are above 0."""
        table = np.zeros((len(groups), len(self.paid)), dtype=np.int64)
        for column, (earlier, _) in enumerate(self.paid):
            known, points = self._groups(earlier), self.electorate.points(earlier)
            place = np.searchsorted(known, groups)
            place[place == len(known)] = 0
            hit = known[place] == groups
            table[:, column] = hit if points is None else hit * points[place]
        return [tuple(row) for row in table.tolist()]

    def _purse(self, history: tuple[int, ...]) -> Fraction:
        return self.share - sum((price * part for (_, price), part in zip(self.paid, history, strict=True) if part), Fraction(0))

    def _pay(self, candidate: int, price: Fraction) -> None:
        groups, points = self._groups(candidate), self.electorate.points(candidate)
        part = float(price) if points is None else float(price) * points
        purse = self.purses[groups]
        near = np.abs(purse - part) <= CLOSE * float(price)
        emptied = (purse < part) & ~near
        near_groups = groups[near]
        if len(near_groups):
            own = np.ones(len(near_groups), dtype=np.int64) if points is None else points[near].astype(np.int64)
            histories = self._histories(near_groups)
            emptied[near] = [self._purse(history) <= price * int(o) for history, o in zip(histories, own, strict=True)]
        self.purses[groups] = np.where(emptied, 0.0, np.maximum(purse - part, 0.0))
        self.alive[groups[emptied]] = False
        self.paid.append((candidate, price))

    def last_prices(self) -> list[tuple[int, Fraction]]:
        """Purchases followed so far with their λ."""
        return list(self.paid)
