"""The search for what is odd among opened ballots: ballots and earlier years for odd_choices.py, kept while in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.models import Ballot, Edition, Pool
from ratusz.participation.voting.models import Vote, VoteTable
from ratusz.participation.voting.odd_choices import BlankRate, OddAges, OddEqual, OpenedPart, blank_rates, odd_ages, odd_equals
from ratusz.participation.voting.queries import stored_parts
from ratusz.participation.voting.searching import limits_of

OPENED = (Vote.State.OPENED, Vote.State.COUNTED)


@dataclass(frozen=True)
class OddPool:
    """What was found in one pool."""

    code: str
    name: str
    ages: OddAges
    equals: tuple[OddEqual, ...]


@dataclass(frozen=True)
class OddOpened:
    """The whole report; of pools only those where something stands out."""

    pools: tuple[OddPool, ...]
    blanks: tuple[BlankRate, ...]
    compared: int
    by_chance: float
    least: int
    deviations: float

    @property
    def count(self) -> int:
        """How many flags there are."""
        in_pools = sum(len(pool.ages.found) + len(pool.equals) for pool in self.pools)
        return in_pools + sum(bool(blank.is_odd) for blank in self.blanks)


def odd_opened(vote: Vote) -> OddOpened | None:
    """The report of a vote whose ballots are opened; None before. By the limits that held last."""
    if vote.state not in OPENED:
        return None
    limits = limits_of(vote, database_now())
    least, deviations = limits.per_line, limits.deviations
    known = Ballot.objects.filter(pool__edition=vote.pk).aggregate(count=Count("pk"), last=Max("pk"))
    found = _searched(vote.pk, (known["count"], known["last"]), least, deviations)
    parts = vote.tables.filter(name=VoteTable.Name.PARTS).first()
    blanks = tuple(blank_rates(parts.content, earlier_rates(vote.edition), deviations)) if parts else ()
    return OddOpened(
        tuple(pool for pool in found if pool.ages.found or pool.equals), blanks,
        sum(pool.ages.compared for pool in found), sum(pool.ages.by_chance(deviations) for pool in found), least, deviations,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _searched(edition: int, _known: tuple[int, int], least: int, deviations: float) -> list[OddPool]:
    """Opened ballots stay as they are, so one search is enough for a vote and its limits."""
    return [_of_pool(pool, least, deviations) for pool in Pool.objects.filter(edition=edition).order_by("position")]


def _of_pool(pool: Pool, least: int, deviations: float) -> OddPool:
    parts = [OpenedPart(given, age) for given, age in stored_parts(pool)]
    equals = tuple(odd_equals(parts, least, deviations))
    return OddPool(pool.code, str(pool), odd_ages(parts, least, deviations), equals)


def earlier_rates(edition: Edition) -> dict[int, dict[str, float]]:
    """Year -> part -> share of voters who left it blank: as a vote here counted it, else from the published numbers of the year."""
    before = Edition.objects.filter(city=edition.city, kind=edition.kind, year__lt=edition.year, demonstrates="")
    known = VoteTable.objects.filter(vote__edition__in=before, name=VoteTable.Name.PARTS).values_list("vote__edition", "content")
    here = dict(known)
    rates = {}
    for each in before.prefetch_related("pools__result"):
        found = _of_vote(here[each.pk]) if each.pk in here else _of_numbers(each)
        if found:
            rates[each.year] = found
    return rates


def _of_vote(parts: Mapping[str, int]) -> dict[str, float]:
    total = sum(parts.values())
    return {"local": parts["city"] / total, "city": parts["local"] / total} if total else {}


def _of_numbers(edition: Edition) -> dict[str, float]:
    """From how many voted and how many ballots each part had; nothing where that is not known or does not fit together."""
    used: dict[str, int] = defaultdict(int)
    for pool in edition.pools.all():
        if pool.result is None:
            return {}
        used["city" if pool.is_city_wide else "local"] += pool.result.ballots
    if not edition.voters or max(used.values(), default=0) > edition.voters:
        return {}
    return {part: 1 - count / edition.voters for part, count in used.items()}
