"""What looks odd among opened ballots: ages, equal choices, blank parts. Flags for people: no ballot can be taken out any more.

Rules of budget.md section 6. An odd age has innocent reasons (a school, a club of seniors), equal choices have them too (a leaflet
for two projects): what is found can lead to a complaint or to a repeat of the vote, and people decide about that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from ratusz.participation.voting.anomalies import BURST
from ratusz.participation.voting.expected_choices import PLACES, Given, Popularity


@dataclass(frozen=True)
class OpenedPart:
    """One pool's part of an opened ballot, and the age as it may be published; "" unknown."""

    given: Given
    age: str = ""


@dataclass(frozen=True)
class OddAge:
    """A project whose voters are of one age band far more, or far less, often than the pool's."""

    number: str
    age: str
    seen: int
    of: int
    expected: float


@dataclass(frozen=True)
class OddEqual:
    """The same choice of several projects far more often than their popularity lets expect."""

    given: Given
    seen: int
    expected: float


@dataclass(frozen=True)
class OddAges:
    """What was found, and of how many comparisons: some stand out by chance alone."""

    found: tuple[OddAge, ...]
    compared: int

    def by_chance(self, deviations: float) -> float:
        """How many would stand out though nothing was wrong."""
        return self.compared * erfc(deviations / sqrt(2))


def odd_ages(parts: Sequence[OpenedPart], least: int, deviations: float) -> OddAges:
    """Projects with more than `least` voters of known age, beside the ages of the whole pool."""
    known = [part for part in parts if part.age]
    bands, voters = Counter(part.age for part in known), defaultdict(list)
    for part in known:
        for number, _points in part.given:
            voters[number].append(part.age)
    found, compared = [], 0
    for number, ages in sorted(voters.items()):
        if not least < len(ages) < len(known):
            continue
        counts = Counter(ages)
        for band, in_pool in sorted(bands.items()):
            compared += 1
            expected = len(ages) * in_pool / len(known)
            if abs(counts[band] - expected) > deviations * _spread(len(ages), in_pool, len(known)):
                found.append(OddAge(number, band, counts[band], len(ages), expected))
    return OddAges(tuple(found), compared)


def _spread(drawn: int, marked: int, of_all: int) -> float:
    """Standard deviation of how many marked ones come when some are drawn of all without putting back."""
    share = marked / of_all
    return sqrt(drawn * share * (1 - share) * (of_all - drawn) / (of_all - 1))


def odd_equals(parts: Sequence[OpenedPart], least: int, deviations: float) -> list[OddEqual]:
    """Choices of two or three projects made more than `least` times, over three times the expected, and too many for chance."""
    found = []
    for pattern, given in _by_pattern(parts).items():
        counts = Counter(given)
        if len(pattern) not in PLACES or max(counts.values()) <= least:
            continue
        popularity = Popularity(pattern, counts)
        for choice, seen in sorted(counts.items()):
            if seen <= least or not _is_over(seen, popularity.expected(choice), deviations):
                continue
            expected = popularity.expected_without(choice)
            if seen > BURST * expected and _is_over(seen, expected, deviations):
                found.append(OddEqual(choice, seen, expected))
    return sorted(found, key=lambda each: (-each.seen, each.given))


def _is_over(seen: int, expected: float, deviations: float) -> bool:
    return seen > expected + deviations * sqrt(expected)


def _by_pattern(parts: Iterable[OpenedPart]) -> dict[tuple[int, ...], list[Given]]:
    """Choices by how their points are split: (3), (2, 1), (1, 1, 1)."""
    groups: dict[tuple[int, ...], list[Given]] = defaultdict(list)
    for part in parts:
        groups[tuple(sorted((points for _number, points in part.given), reverse=True))].append(part.given)
    return groups


@dataclass(frozen=True)
class BlankRate:
    """How many of the voters left a part blank, beside earlier years. `is_odd` is None where there is no earlier year."""

    part: str
    blank: int
    of: int
    earlier: tuple[tuple[int, float], ...]
    is_odd: bool | None

    @property
    def rate(self) -> float:
        """From 0 to 1."""
        return self.blank / self.of


def blank_rates(now: Mapping[str, int], earlier: Mapping[int, Mapping[str, float]], deviations: float) -> Iterator[BlankRate]:
    """`now`: ballots that used "both" parts, the "local" one alone, the "city" one alone; `earlier`: year -> part -> rate.

    Gdańsk 2017 was found by this number: 4 to 6 % in other years, and ballots cut by a fault.
    """
    total = sum(now.values())
    for part, blank in (("local", now["city"]), ("city", now["local"])):
        known = tuple(sorted((year, rates[part]) for year, rates in earlier.items() if part in rates))
        if total:
            yield BlankRate(part, blank, total, known, _is_odd(blank / total, total, [rate for _year, rate in known], deviations))


def _is_odd(rate: float, of: int, earlier: Sequence[float], deviations: float) -> bool | None:
    """Too far from the mean of earlier years for chance and for the difference that years have among themselves."""
    if not earlier:
        return None
    mean = sum(earlier) / len(earlier)
    among_years = sum((each - mean) ** 2 for each in earlier) / (len(earlier) - 1) if len(earlier) > 1 else 0.0
    return abs(rate - mean) > deviations * sqrt(mean * (1 - mean) / of + among_years * (1 + 1 / len(earlier)))
