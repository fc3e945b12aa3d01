"""The sums of the local pools: an equal part, a part by people, last year's leftover, the turnout bonus, a correction by hand.

Source: section 3 of the domain reference, agrees with Katowice's pools of 2021; every number here is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ratusz.participation.budget.engine.rules import Rounding


@dataclass(frozen=True)
class PoolFormula:
    """Settings of the formula. `base` (all local pools) and `city_base` in grosze; the rest in percent."""

    base: int
    city_base: int
    equal_percent: Fraction = Fraction(40)
    kept_percent: Fraction = Fraction(90)
    """What a pool that is not among the best by turnout keeps of its leftover; the best keep all. The rest makes the bonuses."""
    bonus_split: tuple[Fraction, ...] = (Fraction(50), Fraction(30), Fraction(20))
    rounding: Rounding = field(default_factory=Rounding)


@dataclass(frozen=True)
class PoolTerms:
    """One pool's terms, exact, in grosze; `total` is rounded."""

    code: str
    equal_part: Fraction
    people_part: Fraction
    carried: Fraction
    bonus: Fraction
    correction: int
    correction_reason: str
    total: int

    @property
    def exact(self) -> Fraction:
        return self.equal_part + self.people_part + self.carried + self.bonus + self.correction


def local_pools(
    formula: PoolFormula,
    people: Mapping[str, int],
    leftovers: Mapping[str, int],
    best_turnout: Sequence[str],
    all_people: int | None = None,
    by_hand: Mapping[str, tuple[int, str]] | None = None,
) -> list[PoolTerms]:
    """Terms of each local pool, in the order of `people` (registered people by pool code).

    `leftovers` of the previous edition in grosze; `best_turnout`: the rewarded pools, best first; `all_people`: the city's own sum,
    where it differs from the sum of `people`; `by_hand`: correction in grosze with its reason. Raises ValueError.
    """
    if len(best_turnout) != len(formula.bonus_split) or not set(best_turnout) <= set(people):
        raise ValueError("the rewarded pools must be as many as the bonus has parts, and be among the pools")
    for code, (_, reason) in (by_hand or {}).items():
        if not reason.strip():
            raise ValueError(f"{code}: a correction by hand needs its reason")
    total_people = all_people or sum(people.values())
    lost = (100 - formula.kept_percent) / 100
    pot = lost * sum(amount for code, amount in leftovers.items() if code in people and code not in best_turnout)
    bonuses = {code: pot * share / 100 for code, share in zip(best_turnout, formula.bonus_split, strict=True)}
    return [
        _terms(
            formula, code, number, len(people), total_people, leftovers.get(code, 0), bonuses.get(code), (by_hand or {}).get(code)
        )
        for code, number in people.items()
    ]


def _terms(formula: PoolFormula, code, number, pools, total_people, leftover, bonus, by_hand) -> PoolTerms:
    equal = formula.equal_percent / 100 * formula.base / pools
    by_people = (100 - formula.equal_percent) / 100 * formula.base * number / total_people
    carried = Fraction(leftover) if bonus is not None else formula.kept_percent / 100 * leftover
    correction, reason = by_hand or (0, "")
    exact = equal + by_people + carried + (bonus or 0) + correction
    return PoolTerms(code, equal, by_people, carried, bonus or Fraction(0), correction, reason, formula.rounding.apply(exact))


def city_pool(formula: PoolFormula, leftover: int) -> int:
    """The city-wide pool in grosze: its base and the whole of its leftover."""
    return formula.city_base + leftover


def invariant(pools: Sequence[int], leftovers: Sequence[int]) -> int:
    """Σ local pools - Σ local leftovers of the edition before: the base that was in fact shared, in grosze."""
    return sum(pools) - sum(leftovers)
