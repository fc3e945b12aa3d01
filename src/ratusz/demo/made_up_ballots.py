"""Made-up ballots that add up exactly to published points and voters: nobody's real vote, the same result.

Every ballot has 1 to 3 points over different projects, in one of the six patterns seen in Katowice:
(3), (2,1), (1,1,1), (2), (1,1), (1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST_POINTS = 3
LIKELY_SHARE_OF_THREES = 0.62
"""Of real ballots about 62 to 68 % give all points to one project (domain facts, section 8)."""


class NoSuchBallots(ValueError):
    """No set of ballots of these patterns has the wanted sums."""


@dataclass(frozen=True)
class MadeUpBallots:
    """Ballot i names `choices[i]` (positions of projects) with `points[i]`."""

    choices: list[list[int]]
    points: list[list[int]]


@dataclass(frozen=True)
class _Plan:
    """How often each project gets one, two and three points, and how the ballots divide.

    `ones_beside_twos` belong to pattern (2,1).
    """

    ones: np.ndarray
    twos: np.ndarray
    threes: np.ndarray
    twos_with_one: np.ndarray
    ones_beside_twos: np.ndarray
    ballots_of_ones: int


def make_up_ballots(points: Sequence[int], voters: Sequence[int], ballots: int, seed: int) -> MadeUpBallots:
    """`ballots` ballots whose sums per project are exactly `points` and `voters`. Deterministic. Raises NoSuchBallots."""
    random = np.random.default_rng(seed)
    plan = _plan(np.array(points, dtype=np.int64), np.array(voters, dtype=np.int64), ballots)
    pairs = _pairs(plan.twos_with_one, plan.ones_beside_twos, random)
    groups = _groups(plan.ones - plan.ones_beside_twos, plan.ballots_of_ones, random)
    made = [([project], [3]) for project in _spread(plan.threes)]
    made += [([project], [2]) for project in _spread(plan.twos - plan.twos_with_one)]
    made += [([two, one], [2, 1]) for two, one in pairs]
    made += [(group, [1] * len(group)) for group in groups]
    order = random.permutation(len(made))
    return MadeUpBallots([made[i][0] for i in order], [made[i][1] for i in order])


def _spread(counts: np.ndarray) -> list[int]:
    return np.repeat(np.arange(len(counts)), counts).tolist()


def _plan(points: np.ndarray, voters: np.ndarray, ballots: int) -> _Plan:
    """Tries numbers of (3) ballots outward from the likely one; the sums leave this one number free."""
    extra = points - voters
    fewest, most = np.maximum(0, extra - voters), extra // 2
    if (fewest > most).any() or (voters < 0).any():
        raise NoSuchBallots("a project has more than three points a voter")
    likely = int(np.clip(round(LIKELY_SHARE_OF_THREES * ballots), fewest.sum(), most.sum()))
    for distance in range(int(most.sum() - fewest.sum()) + 1):
        for threes in {likely - distance, likely + distance}:
            if fewest.sum() <= threes <= most.sum() and (plan := _plan_with(threes, fewest, most, points, voters, ballots)):
                return plan
    raise NoSuchBallots("no number of ballots with three points for one project fits the sums")


def _plan_with(threes_in_all: int, fewest, most, points, voters, ballots: int) -> _Plan | None:
    threes = _share_out(threes_in_all, fewest, most)
    twos = points - voters - 2 * threes
    ones = voters - twos - threes
    of_ones = ballots - int(threes.sum() + twos.sum())
    if of_ones < 0:
        return None
    least, largest = max(0, int(ones.sum()) - MOST_POINTS * of_ones), min(int(twos.sum()), int(ones.sum()) - of_ones)
    # A quarter of the unused points falls on lone twos, where the sums leave room for it.
    preferred = max(least, largest - (MOST_POINTS * ballots - int(points.sum())) // 4)
    for beside in (*range(preferred, least - 1, -1), *range(preferred + 1, largest + 1)):
        if divided := _divide(beside, ones, twos, of_ones):
            return _Plan(ones, twos, threes, *divided, of_ones)
    return None


def _divide(beside: int, ones: np.ndarray, twos: np.ndarray, of_ones: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Which twos get a one beside them and which ones go there, so that no ballot must name a project twice."""
    paired = _share_out(beside, np.zeros_like(twos), np.minimum(twos, beside))
    fewest, most = np.maximum(0, ones - of_ones), np.minimum(ones, beside - paired)
    if paired is None or (fewest > most).any() or not fewest.sum() <= beside <= most.sum():
        return None
    return paired, _share_out(beside, fewest, most)


def _share_out(total: int, fewest: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Whole numbers between `fewest` and `most` with the sum `total`, as even in proportion as whole numbers can be."""
    room = most - fewest
    rest = total - int(fewest.sum())
    if room.sum() == 0:
        return fewest.copy()
    exact = room * rest
    shared = exact // room.sum()
    short = rest - int(shared.sum())
    by_remainder = np.argsort(-(exact % room.sum()), kind="stable")[:short]
    shared[by_remainder] += 1
    return fewest + shared


def _pairs(twos: np.ndarray, ones: np.ndarray, random: np.random.Generator) -> list[tuple[int, int]]:
    """Pairs (2,1) of different projects: both lists sorted, one turned by the longest run, so equal projects never meet."""
    first, second = _spread(twos), _spread(ones)
    if not first:
        return []
    turned = _turn_apart(first, second, int(np.cumsum(ones)[np.argmax(twos + ones)]))
    order = random.permutation(len(first))
    pairs = [(first[i], turned[i]) for i in range(len(first))]
    _mix(pairs, random)
    return [pairs[i] for i in order]


def _turn_apart(first: list[int], second: list[int], hint: int) -> list[int]:
    for turn in (hint, *range(len(second))):
        turned = second[turn % len(second) :] + second[: turn % len(second)]
        if all(a != b for a, b in zip(first, turned, strict=True)):
            return turned
    raise NoSuchBallots("the pairs of two and one point would name a project twice")


def _mix(pairs: list[tuple[int, int]], random: np.random.Generator) -> None:
    """Swaps the ones of random pairs where that keeps projects apart: the pairs then look like choices, not like a sorted list."""
    partners = random.integers(0, len(pairs), len(pairs))
    for i, j in enumerate(partners.tolist()):
        (two, one), (other_two, other_one) = pairs[i], pairs[j]
        if two != other_one and other_two != one:
            pairs[i], pairs[j] = (two, other_one), (other_two, one)


def _sizes(total: int, ballots: int) -> np.ndarray:
    """Sizes 1 to 3 of `ballots` groups with the sum `total`; some twos become a one and a three, as people do."""
    if not ballots <= total <= MOST_POINTS * ballots:
        raise NoSuchBallots("single points do not divide into ballots of three")
    sizes = np.full(ballots, 1, dtype=np.int64)
    for _ in range(MOST_POINTS - 1):
        sizes[: min(ballots, total - int(sizes.sum()))] += 1
    twos = np.flatnonzero(sizes == 2)
    some = len(twos) // 8
    sizes[twos[:some]], sizes[twos[some : 2 * some]] = 1, 3
    return sizes


def _groups(ones: np.ndarray, ballots: int, random: np.random.Generator) -> list[list[int]]:
    """Groups of 1 to 3 different projects that use up `ones`: each project goes to the groups with most room (Gale and Ryser)."""
    room = _sizes(int(ones.sum()), ballots)
    groups: list[list[int]] = [[] for _ in range(ballots)]
    for project in np.argsort(-ones, kind="stable").tolist():
        chosen = np.argsort(-(room + random.random(ballots) / 2))[: ones[project]]
        if (room[chosen] <= 0).any() or len(chosen) < ones[project]:
            raise NoSuchBallots("single points of one project outnumber the ballots for them")
        room[chosen] -= 1
        for group in chosen.tolist():
            groups[group].append(project)
    for group in groups:
        random.shuffle(group)
    return groups
