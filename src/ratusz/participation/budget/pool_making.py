"""Pools of an edition computed by the city's formula: settings, people, leftovers, ranking, corrections; terms to rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ratusz.participation.budget.engine.pool_formula import PoolFormula, PoolTerms, city_pool, local_pools
from ratusz.participation.budget.models import PoolTerm

ZLOTY = 100


@dataclass(frozen=True)
class PoolInput:
    """What the formula takes, money in grosze. `best_turnout`: codes confirmed by an officer, best first."""

    people: Mapping[str, int]
    leftovers: Mapping[str, int]
    best_turnout: Sequence[str]
    corrections: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    all_people: int | None = None


def turnout_order(ballots: Mapping[str, int], people: Mapping[str, int]) -> list[str]:
    """Local pools from the best turnout down, ballots to registered people: a proposal, an officer confirms it."""
    known = [code for code in people if people[code] and code in ballots]
    return sorted(known, key=lambda code: (-Fraction(ballots[code], people[code]), code))


def computed(formula: PoolFormula, given: PoolInput) -> list[PoolTerms]:
    """Each local pool with its terms. Raises ValueError."""
    return local_pools(formula, given.people, given.leftovers, given.best_turnout, given.all_people, given.corrections)


def city_sum(formula: PoolFormula, given: PoolInput, code: str) -> int:
    """The city-wide pool with its correction, in grosze."""
    return city_pool(formula, given.leftovers.get(code, 0)) + given.corrections.get(code, (0, ""))[0]


def term_rows(terms: PoolTerms, rounding_reason: str) -> Iterator[tuple[str, int, str]]:
    """Kind, whole grosze and reason of each term; what whole złoty and whole grosze leave over is a line of its own."""
    parts = [
        (PoolTerm.Kind.EQUAL_PART, terms.equal_part),
        (PoolTerm.Kind.POPULATION_PART, terms.people_part),
        (PoolTerm.Kind.CARRIED, terms.carried),
        (PoolTerm.Kind.BONUS, terms.bonus),
    ]
    whole = [(str(kind), round(amount)) for kind, amount in parts if amount]
    yield from ((kind, amount, "") for kind, amount in whole)
    if terms.correction:
        yield str(PoolTerm.Kind.CORRECTION), terms.correction, terms.correction_reason
    rest = terms.total - sum(amount for _kind, amount in whole) - terms.correction
    if rest:
        yield str(PoolTerm.Kind.CORRECTION), rest, rounding_reason
