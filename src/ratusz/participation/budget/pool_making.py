"""Pools of an edition computed by the city's formula: settings, people, leftovers, ranking, corrections; terms to rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
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


def arithmetic(formula: PoolFormula, given: PoolInput, code: str) -> dict[str, str]:
    """How each term of a pool comes about, with its numbers: kind to words that anybody can follow with a pencil."""
    people, everybody = given.people[code], given.all_people or sum(given.people.values())
    left, base = given.leftovers.get(code, 0), zlotys(formula.base)
    best = list(given.best_turnout)
    kept = Fraction(100) if code in best else formula.kept_percent
    words = {
        PoolTerm.Kind.EQUAL_PART: f"{_percent(formula.equal_percent)} z {base} przez liczbę pul: {len(given.people)}",
        PoolTerm.Kind.POPULATION_PART: (
            f"{_percent(100 - formula.equal_percent)} z {base} razy {grouped(people)} z {grouped(everybody)} mieszkańców"
        ),
        PoolTerm.Kind.CARRIED: f"{_percent(kept)} z {zlotys(left)} z poprzedniej edycji",
    }  # fmt: skip
    if code in best:
        others = [pool for pool in given.people if pool not in best]
        lost = sum(given.leftovers.get(pool, 0) for pool in others)
        share = formula.bonus_split[best.index(code)]
        words[PoolTerm.Kind.BONUS] = (
            f"{_percent(share)} nagród, a nagrody to {_percent(100 - formula.kept_percent)} z {zlotys(lost)}, "
            f"które zostało w pozostałych pulach ({len(others)})"
        )
    return {str(kind): text for kind, text in words.items()}


def formula_words(formula: PoolFormula) -> list[str]:
    """The formula with the edition's numbers, line by line."""
    split = ", ".join(_percent(share) for share in formula.bonus_split)
    return [
        _("All local pools together: {base}.").format(base=zlotys(formula.base)),
        _("Of it {equal} in equal parts, {people} by the number of residents.").format(
            equal=_percent(formula.equal_percent), people=_percent(100 - formula.equal_percent)
        ),
        _("What was left: all of it stays in the districts with the best turnout, {kept} in the others.").format(
            kept=_percent(formula.kept_percent)
        ),
        _("The rest makes the rewards for turnout, divided {split}.").format(split=split),
        _("The city-wide pool: {base} and all that was left of it.").format(base=zlotys(formula.city_base)),
    ]


def _percent(number: Fraction) -> str:
    return f"{float(number):g} %".replace(".", ",")


def term_rows(terms: PoolTerms, rounding_reason: str, words: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Kind, whole grosze and reason of each term; what whole złoty and whole grosze leave over is a line of its own."""
    parts = [
        (PoolTerm.Kind.EQUAL_PART, terms.equal_part),
        (PoolTerm.Kind.POPULATION_PART, terms.people_part),
        (PoolTerm.Kind.CARRIED, terms.carried),
        (PoolTerm.Kind.BONUS, terms.bonus),
    ]
    whole = [(str(kind), round(amount)) for kind, amount in parts if amount]
    yield from ((kind, amount, words.get(kind, "")) for kind, amount in whole)
    if terms.correction:
        yield str(PoolTerm.Kind.CORRECTION), terms.correction, terms.correction_reason
    rest = terms.total - sum(amount for _kind, amount in whole) - terms.correction
    if rest:
        yield str(PoolTerm.Kind.CORRECTION), rest, rounding_reason
