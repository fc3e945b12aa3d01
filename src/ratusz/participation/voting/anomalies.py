"""What looks odd among the envelopes of a vote before the count: flags for people to look at; nothing is blocked or annulled.

Rules of budget.md section 6 as `Limits`. One signal alone is common and innocent (a library, a carrier's shared line, a family with
one telephone), so a ballot is flagged when two different kinds of signals meet on it. Choices are sealed and play no part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import sqrt

NEEDED_SIGNALS = 2
BURST = 3
"""Times the expected number: households vote together, so chance alone is wider than for single people."""


class Signal(Enum):
    """Kinds of signals."""

    LINE = "line"
    PHONE = "phone"
    AGES = "ages"
    BURST = "burst"
    OFFICER = "officer"


@dataclass(frozen=True)
class CastFact:
    """What is known of one envelope until it is stripped; digests are keyed and tell nothing but equality."""

    code: str
    line: bytes
    phone: bytes
    at: datetime
    age_band: str
    district: int
    officer: int | None = None


@dataclass(frozen=True)
class Limits:
    """From how many on something is odd; `known_lines` are points of the city (libraries), which many people use by design."""

    per_line: int = 20
    per_line_quick: int = 5
    quick: timedelta = timedelta(minutes=10)
    per_phone: int = 5
    deviations: float = 3.0
    known_lines: frozenset[bytes] = frozenset()


@dataclass(frozen=True)
class Flag:
    """A ballot somebody should look at, and which signals met on it."""

    code: str
    signals: tuple[Signal, ...]


def flags(facts: Sequence[CastFact], limits: Limits) -> list[Flag]:
    """Flagged ballots in the order of their codes."""
    signals: dict[str, set[Signal]] = defaultdict(set)
    found = {
        Signal.LINE: _busy_lines(facts, limits), Signal.PHONE: _full_phones(facts, limits), Signal.AGES: _odd_ages(facts, limits),
        Signal.BURST: _bursts(facts, limits), Signal.OFFICER: _quick_officers(facts, limits),
    }  # fmt: skip
    for kind, codes in found.items():
        for code in codes:
            signals[code].add(kind)
    order = list(Signal)
    return [
        Flag(code, tuple(sorted(kinds, key=order.index))) for code, kinds in sorted(signals.items()) if len(kinds) >= NEEDED_SIGNALS
    ]


def _by_line(facts: Iterable[CastFact], limits: Limits) -> dict[bytes, list[CastFact]]:
    lines = defaultdict(list)
    for fact in facts:
        if fact.line and fact.line not in limits.known_lines:
            lines[fact.line].append(fact)
    return lines


def _busy_lines(facts: Sequence[CastFact], limits: Limits) -> Collection[str]:
    """Lines with many ballots in all, or many within a few minutes."""
    codes: list[str] = []
    for cast in _by_line(facts, limits).values():
        if len(cast) > limits.per_line or _most_within([each.at for each in cast], limits.quick) > limits.per_line_quick:
            codes += [each.code for each in cast]
    return codes


def _most_within(moments: Iterable[datetime], length: timedelta) -> int:
    """The most moments that any stretch [t, t + length) holds."""
    ordered, first, most = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= length:
            first += 1
        most = max(most, last - first + 1)
    return most


def _full_phones(facts: Sequence[CastFact], limits: Limits) -> Collection[str]:
    """Ballots of telephones at their limit, where far more of those meet on one line than elsewhere: a family's stands alone."""
    uses = Counter(fact.phone for fact in facts if fact.phone)
    full = {phone for phone, count in uses.items() if count >= limits.per_phone}
    share = len(full) / len(uses) if uses else 0.0
    codes: list[str] = []
    for cast in _by_line(facts, limits).values():
        phones = {fact.phone for fact in cast if fact.phone}
        if len(cast) > limits.per_line_quick and _is_far(len(phones & full), len(phones), share, limits.deviations):
            codes += [fact.code for fact in cast if fact.phone in full]
    return codes


def _odd_ages(facts: Sequence[CastFact], limits: Limits) -> Collection[str]:
    """Busy lines most of whose ballots are of one age band, far more than in the whole vote."""
    shares = {band: count / len(facts) for band, count in Counter(fact.age_band for fact in facts).items()}
    codes: list[str] = []
    for cast in _by_line(facts, limits).values():
        band, seen = Counter(fact.age_band for fact in cast).most_common(1)[0]
        if len(cast) > limits.per_line_quick and 2 * seen > len(cast) and _is_far(seen, len(cast), shares[band], limits.deviations):
            codes += [fact.code for fact in cast if fact.age_band == band]
    return codes


def _is_far(seen: int, of: int, share: float, deviations: float) -> bool:
    """Whether `seen` of `of` is more than so many standard deviations above what the share lets expect."""
    expected = of * share
    return seen > expected + deviations * sqrt(of * share * (1 - share)) and seen > 1


def _bursts(facts: Sequence[CastFact], limits: Limits) -> Collection[str]:
    """Hours in which a district has over three times the ballots its share of that hour lets expect, and too many for chance."""
    hours, districts = Counter(map(_hour, facts)), Counter(fact.district for fact in facts)
    cells = Counter((_hour(fact), fact.district) for fact in facts)
    odd = set()
    for (hour, district), seen in cells.items():
        share = districts[district] / len(facts)
        is_many = seen > limits.per_line and seen > BURST * hours[hour] * share
        if is_many and _is_far(seen, hours[hour], share, limits.deviations):
            odd.add((hour, district))
    return [fact.code for fact in facts if (_hour(fact), fact.district) in odd]


def _hour(fact: CastFact) -> datetime:
    return fact.at.replace(minute=0, second=0, microsecond=0)


def _quick_officers(facts: Sequence[CastFact], limits: Limits) -> Collection[str]:
    """Officers through whose hands more ballots went within some minutes than anybody can serve with care."""
    by_officer = defaultdict(list)
    for fact in facts:
        if fact.officer is not None:
            by_officer[fact.officer].append(fact)
    codes: list[str] = []
    for cast in by_officer.values():
        if _most_within([each.at for each in cast], limits.quick) > limits.per_line_quick:
            codes += [each.code for each in cast]
    return codes
