"""A whole edition: every pool counted, and what happens to the money left over."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ratusz.participation.budget.engine.ballots import Ballots
from ratusz.participation.budget.engine.contest import Decisions, Project
from ratusz.participation.budget.engine.counting import count
from ratusz.participation.budget.engine.outcome import Outcome
from ratusz.participation.budget.engine.rules import EditionRules, Leftover, Rounding

CITY = "city"


@dataclass(frozen=True)
class PoolContest:
    """One pool of an edition with its contest. `budget` in grosze; `registered` people of its area, for the turnout."""

    code: str
    level: str
    budget: int
    projects: Sequence[Project]
    ballots: Ballots
    decisions: Decisions = Decisions()
    registered: int = 0

    @property
    def turnout(self) -> Fraction:
        """Ballots in the pool to registered people; whether this is the city's own measure is a setting."""
        return Fraction(len(self.ballots), self.registered) if self.registered else Fraction(0)


@dataclass(frozen=True)
class Transfer:
    """Money that went from one pool's leftover to another pool in the same edition, in grosze."""

    kind: str
    source: str
    target: str
    amount: int


@dataclass(frozen=True)
class EditionOutcome:
    """Outcomes by pool code after all recounts; money carried into the next edition: own leftovers and bonuses, in grosze."""

    outcomes: dict[str, Outcome]
    transfers: tuple[Transfer, ...]
    carried: dict[str, int]
    bonuses: dict[str, int]
    turnout_order: tuple[str, ...]
    money: int
    """Grosze of all pools before anything moved between them."""

    @property
    def unassigned(self) -> int:
        """Leftover money that no rule keeps in the participatory budget."""
        spent = sum(outcome.spent for outcome in self.outcomes.values())
        return self.money - spent - sum(self.carried.values()) - sum(self.bonuses.values())


@dataclass
class _Settlement:
    rules: EditionRules
    pools: dict[str, PoolContest]
    outcomes: dict[str, Outcome]
    left: dict[str, Fraction]
    order: tuple[str, ...]
    rounding: Rounding
    transfers: list[Transfer]
    carried: dict[str, Fraction]
    bonuses: dict[str, Fraction]

    def apply(self, step: Leftover) -> None:
        {"to_city": self._to_city, "to_best_turnout": self._to_best, "bonus": self._bonus, "keep": self._keep}[step.kind](step)

    def _to_city(self, step: Leftover) -> None:
        for city in [code for code, pool in self.pools.items() if pool.level == CITY]:
            self._pour(step, city)

    def _to_best(self, step: Leftover) -> None:
        if self.order:
            self._pour(step, self.order[0])

    def _pour(self, step: Leftover, target: str) -> None:
        """Leftovers of the other pools into one pool, which is then recounted with the raised sum."""
        gave = self.outcomes[target].left - self.left[target]
        # What the target itself gave in an earlier step is no longer its money.
        raised = self.pools[target].budget - math.ceil(gave)
        for code in self.pools:
            amount = self.rounding.apply(self.left[code] * step.percent / 100) if code != target else 0
            amount = min(amount, int(self.left[code]))
            if amount > 0:
                self.transfers.append(Transfer(step.kind, code, target, amount))
                self.left[code] -= amount
                raised += amount
        self.pools[target] = replace(self.pools[target], budget=raised)
        self.outcomes[target] = _counted(self.rules, self.pools[target])
        self.left[target] = Fraction(self.outcomes[target].left)

    def _bonus(self, step: Leftover) -> None:
        """A pot from the leftovers of the pools that are not rewarded; the rewarded share it by the split and keep their own."""
        local = [code for code in self.order if self.pools[code].level != CITY]
        rewarded, others = local[: len(step.split)], local[len(step.split) :]
        pot = sum((self.left[code] * step.percent / 100 for code in others), Fraction(0))
        for code in others:
            self.left[code] -= self.left[code] * step.percent / 100
        for code, share in zip(rewarded, step.split, strict=False):
            self.bonuses[code] = pot * share / 100

    def _keep(self, step: Leftover) -> None:
        for code, amount in self.left.items():
            self.carried[code] = self.carried.get(code, Fraction(0)) + amount * step.percent / 100
            self.left[code] = amount - amount * step.percent / 100


def _counted(rules: EditionRules, pool: PoolContest) -> Outcome:
    return count(rules.level(pool.level).rules, pool.budget, pool.projects, pool.ballots, pool.decisions)


def count_edition(
    rules: EditionRules, pools: Sequence[PoolContest], turnout_order: Sequence[str] | None = None, rounding: Rounding | None = None
) -> EditionOutcome:
    """Counts all pools and follows the leftover steps in their order.

    `turnout_order`: pool codes from the best turnout down as an officer confirmed it; without it, ballots to registered people.
    Money moved between pools is rounded by `rounding` (whole złoty when not given), never above what is left.
    """
    by_code = {pool.code: pool for pool in pools}
    order = tuple(turnout_order) if turnout_order is not None else by_turnout(pools)
    outcomes = {code: _counted(rules, pool) for code, pool in by_code.items()}
    left = {code: Fraction(outcome.left) for code, outcome in outcomes.items()}
    rounding = rounding or Rounding()
    settlement = _Settlement(rules, by_code, outcomes, left, order, rounding, [], {}, {})
    for step in rules.leftover:
        settlement.apply(step)
    rounded = _rounder(rounding)
    carried, bonuses = rounded(settlement.carried), rounded(settlement.bonuses)
    return EditionOutcome(outcomes, tuple(settlement.transfers), carried, bonuses, order, sum(pool.budget for pool in pools))


def _rounder(rounding: Rounding):
    return lambda amounts: {code: rounding.apply(amount) for code, amount in amounts.items()}


def by_turnout(pools: Sequence[PoolContest]) -> tuple[str, ...]:
    """Codes of the pools below the city, best turnout first; equal turnouts in the order given."""
    local = [pool for pool in pools if pool.level != CITY]
    return tuple(pool.code for pool in sorted(local, key=lambda pool: -pool.turnout))
