"""One run of Equal Shares with a given share: purses in floating point, every close call settled by exact fractions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from ratusz.participation.budget.engine.electorate import SEGMENT, Electorate
from ratusz.participation.budget.engine.exact_purses import CLOSE, ExactPurses
from ratusz.participation.budget.engine.water_level import add, water_level


@dataclass
class Run:
    """The purchases of one run. `costs` in grosze by candidate; `tie_rank` is the one order for ties of the whole count."""

    electorate: Electorate
    share: Fraction
    costs: dict[int, int]
    tie_rank: dict[int, int]
    barred: Callable[[int, Sequence[int]], object] | None = None
    bought: list[int] = field(default_factory=list)
    ties: list[tuple[int, ...]] = field(default_factory=list)
    """Candidates whose effective votes were equal at a purchase."""
    all_paid_equally: bool = True
    """No purchase met a supporter who could not pay a full part."""

    def __post_init__(self):
        self.purses = np.full(self.electorate.groups, float(self.share))
        self.levels: dict[int, float] = {}
        self.exact = ExactPurses(self.electorate, self.share, self.costs)

    @property
    def cost(self) -> int:
        return sum(self.costs[c] for c in self.bought)

    def go(self) -> Run:
        """Buys until nothing more can be bought."""
        # A candidate's effective votes only fall, so the last known number bounds the present one from above.
        bounds: dict[int, float] = {c: float(self.electorate.weight[c]) for c in self.costs}
        while bounds:
            prices = self._prices(bounds)
            if not prices:
                break
            chosen = self._choose(prices)
            price, equal = prices[chosen]
            self.all_paid_equally &= equal
            self._pay(chosen, price)
            self.bought.append(chosen)
            del bounds[chosen]
        # A completion keeps two runs at a time; what a finished one needs again is followed anew from its purchases.
        self.purses, self.exact = np.empty(0), ExactPurses(self.electorate, self.share, self.costs)
        return self

    def _prices(self, bounds: dict[int, float]) -> dict[int, tuple[float, bool]]:
        """λ of every candidate that may be the best now; the ones that can't be bought any more leave `bounds` for good."""
        prices: dict[int, tuple[float, bool]] = {}
        best = 0.0
        for candidate in sorted(bounds, key=bounds.__getitem__, reverse=True):
            if bounds[candidate] < best * (1 - CLOSE):
                break
            price = None if self.barred and self.barred(candidate, self.bought) else self._price(candidate)
            if price is None:
                del bounds[candidate]
                continue
            prices[candidate] = price
            bounds[candidate] = self.costs[candidate] / price[0]
            best = max(best, bounds[candidate])
        return prices

    def _price(self, candidate: int) -> tuple[float, bool] | None:
        """(λ, whether all supporters pay a full part), None when they can't pay together."""
        cost = self.costs[candidate]
        electorate = self.electorate
        purse, times, points = electorate.gather(candidate, self.purses), electorate.times(candidate), electorate.points(candidate)
        together = float(add(purse) if times is None else purse @ times)
        if together < cost * (1 + CLOSE) and (together < cost * (1 - CLOSE) or not self._affordable(candidate)):
            return None
        price = cost / electorate.weight[candidate]
        reach = purse if points is None else purse / points
        if float(np.minimum.reduce(reach)) >= price * (1 + CLOSE):
            return price, True
        weight = points if times is None else (times if points is None else times * points)
        # λ only rises as purses shrink, so the last known level is a start from below.
        level = water_level(cost, reach, weight, max(price, self.levels.get(candidate, 0.0)))
        self.levels[candidate] = level
        return level, False

    def _affordable(self, candidate: int) -> bool:
        self.exact.follow(self.bought)
        return self.exact.together(candidate) >= self.costs[candidate]

    def _choose(self, prices: dict[int, tuple[float, bool]]) -> int:
        """The candidate with the most effective votes; ties by the one order of the count."""
        votes = {c: self.costs[c] / price for c, (price, _) in prices.items()}
        best = max(votes.values())
        near = [c for c, vote in votes.items() if vote >= best * (1 - CLOSE)]
        if len(near) > 1:
            exact = {c: self._effective(c, prices[c][1]) for c in near}
            most = max(exact.values())
            near = [c for c in near if exact[c] == most]
        if len(near) > 1:
            self.ties.append(tuple(near))
        return min(near, key=self.tie_rank.__getitem__)

    def _effective(self, candidate: int, equal: bool) -> Fraction:
        if equal:
            return Fraction(self.electorate.weight[candidate])
        self.exact.follow(self.bought)
        return self.costs[candidate] / self.exact.price(candidate)

    def _pay(self, candidate: int, price: float) -> None:
        for part in self.electorate.parts(candidate):
            purses = self.purses[part.offset : part.offset + SEGMENT]
            purses[part.ids] = np.maximum(purses[part.ids] - (price if part.points is None else price * part.points), 0.0)
