"""What must not be published leaves the ballots: real ids, their order, exact ages, the channel, places.

Section 6 of the domain reference: random ids for each export, ballots shuffled, age bands; a class (age band, sex) must hold at
least five ballots that are not all equal, otherwise bands are merged, then sex is dropped, then age.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from random import Random, SystemRandom

import numpy as np

from ratusz.participation.budget.engine import Ballots
from ratusz.participation.budget.pabulib import PabulibContest

BANDS = ((0, 17, "0-17"), (18, 29, "18-29"), (30, 44, "30-44"), (45, 59, "45-59"), (60, 74, "60-74"), (75, 200, "75+"))
WIDE_BANDS = ((0, 29, "0-29"), (30, 59, "30-59"), (60, 200, "60+"))
MERGED_BANDS = ((0, 17, "0-17"), (18, 59, "18-59"), (60, 200, "60+"))
"""What the opening of a vote leaves where a narrower band of a pool would be small."""
LIMITS = {name: (low, high) for low, high, name in (*BANDS, *WIDE_BANDS, *MERGED_BANDS)} | {"<18": (0, 17)}
LEVELS = ((BANDS, True), (WIDE_BANDS, True), (BANDS, False), (WIDE_BANDS, False), (MERGED_BANDS, True), (MERGED_BANDS, False))
LEAST_BALLOTS = 5
LEAST_DIFFERENT = 2


def for_publication(contest: PabulibContest, random: Random | None = None) -> PabulibContest:
    """The contest as it may be published. `random` only for tests: without it the system's source is used."""
    random = random or SystemRandom()
    order = list(range(len(contest.voters)))
    random.shuffle(order)
    ballots = _in_order(contest.ballots, order)
    extras = next(_choices(contest, order, ballots))
    voters = tuple(_ids(len(order)))
    return replace(contest, voters=voters, ballots=ballots, extras=extras, lines={}, meta_lines={})


def _ids(number: int) -> Iterator[str]:
    seen: set[str] = set()
    while len(seen) < number:
        new = secrets.token_hex(8)
        if new not in seen:
            seen.add(new)
            yield new


def _in_order(ballots: Ballots, order: list[int]) -> Ballots:
    lengths = ballots.lengths()[order] if order else np.zeros(0, dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    offsets = np.repeat(ballots.starts[:-1][order] - starts[:-1], lengths) if order else np.zeros(0, dtype=np.int32)
    entries = np.arange(int(starts[-1])) + offsets
    return Ballots(starts, ballots.choices[entries], None if ballots.points is None else ballots.points[entries])


def _choices(contest: PabulibContest, order: list[int], ballots: Ballots) -> Iterator[dict[str, tuple[str, ...]]]:
    """Columns that may stand beside the ballots, from the most telling to none; the first safe one is taken."""
    ages, sexes = (_column(contest, name, order) for name in ("age", "sex"))
    known = [age for age in set(ages) if _limits(age)]
    for bands, with_sex in LEVELS:
        if not all(band(age, bands) for age in known):
            continue
        columns = {"age": tuple(band(age, bands) for age in ages), **({"sex": sexes} if with_sex else {})}
        columns = {name: column for name, column in columns.items() if any(column)}
        if is_safe(columns, ballots):
            yield columns
    yield {}


def _column(contest: PabulibContest, name: str, order: list[int]) -> tuple[str, ...]:
    column = contest.extras.get(name)
    return tuple(column[index] for index in order) if column else ("",) * len(order)


def band(age: str, bands: tuple[tuple[int, int, str], ...]) -> str:
    """The band that holds an age, or a whole band; "" where none does, or for what is no age."""
    first, last = _limits(age) or (-1, -1)
    return next((name for low, high, name in bands if low <= first and last <= high), "")


def _limits(age: str) -> tuple[int, int] | None:
    """The least and the greatest age that a number or the name of a band may mean."""
    return (int(age), int(age)) if age.isdecimal() else LIMITS.get(age)


def is_safe(columns: dict[str, tuple[str, ...]], ballots: Ballots) -> bool:
    """Whether each class of equal personal columns holds five ballots and two different ones. Blank columns alone tell nothing."""
    starts, choices = ballots.starts.tolist(), ballots.choices.tolist()
    points = [1] * len(choices) if ballots.points is None else ballots.points.tolist()
    classes: dict[tuple[str, ...], list[frozenset]] = defaultdict(list)
    for index, key in enumerate(zip(*columns.values(), strict=True)):
        entries = range(starts[index], starts[index + 1])
        classes[key].append(frozenset((choices[entry], points[entry]) for entry in entries))
    return all(len(found) >= LEAST_BALLOTS and len(set(found)) >= LEAST_DIFFERENT for found in classes.values())
