"""Copies and near copies among texts: exact ones by their words, near ones by shingles of five words, MinHash and its bands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from ratusz.foundation.kit.analysis.parameters import Parameters
from ratusz.foundation.kit.analysis.words import plain_words

_FACTORS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(1, 65)], dtype=np.uint64)
MOST_LEADERS = 8
"""Texts of one band's bucket that each next one is compared with: many thousand copies stay quick."""


@dataclass(frozen=True)
class Shingles:
    """Texts as sets of hashed word runs: one row of numbers for each text."""

    of_text: list[np.ndarray]

    def likeness(self, one: int, other: int) -> float:
        """Jaccard index of two texts, 0 to 1."""
        shared = self.shared(one, other)
        whole = len(self.of_text[one]) + len(self.of_text[other]) - shared
        return shared / whole if whole else 1.0

    def shared(self, one: int, other: int) -> int:
        """How many runs of words both have."""
        return len(np.intersect1d(self.of_text[one], self.of_text[other], assume_unique=True))


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


def shingles_of(texts: Iterable[Sequence[str]], size: int) -> Shingles:
    """Hashed runs of `size` words, each once, sorted; a text with fewer words is one run. The same on every machine."""
    return Shingles([_shingles(words, size) for words in texts])


def _shingles(words: Sequence[str], size: int) -> np.ndarray:
    numbers = np.array([_number(word) for word in words], dtype=np.uint64)
    size = min(size, len(numbers))
    if not size:
        return np.empty(0, dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(numbers, size)
    mixed = (runs * _FACTORS[:size]).sum(axis=1, dtype=np.uint64)
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


class Groups:
    """Numbers joined into groups, each group led by its smallest."""

    def __init__(self, size: int):
        self.leader = list(range(size))

    def find(self, one: int) -> int:
        while self.leader[one] != one:
            self.leader[one] = self.leader[self.leader[one]]
            one = self.leader[one]
        return one

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self.leader[second] = first

    def of_size(self, least: int) -> list[list[int]]:
        """Groups with at least so many, the largest first, then by their first number."""
        found = defaultdict(list)
        for one in range(len(self.leader)):
            found[self.find(one)].append(one)
        return sorted((each for each in found.values() if len(each) >= least), key=lambda each: (-len(each), each[0]))


def copies(texts: Sequence[str], parameters: Parameters) -> list[list[int]]:
    """Groups of texts that say the same in nearly the same words: places in `texts`, the largest group first.

    Exact copies are told first (without accents, case and marks), then pairs whose Jaccard index reaches the parameter's.
    """
    words = [plain_words(text) for text in texts]
    groups = Groups(len(texts))
    first_of: dict[tuple[str, ...], int] = {}
    for place, each in enumerate(words):
        groups.join(place, first_of.setdefault(tuple(each), place))
    different = sorted(place for key, place in first_of.items() if key)
    shingles = shingles_of((words[place] for place in different), parameters.shingle_words)
    for one, other in _near(shingles, parameters):
        groups.join(different[one], different[other])
    return groups.of_size(2)


def _near(shingles: Shingles, parameters: Parameters) -> Iterable[tuple[int, int]]:
    signatures = _signatures(shingles, parameters)
    joined = Groups(len(shingles.of_text))
    for band in range(parameters.bands):
        rows = np.ascontiguousarray(signatures[:, band * parameters.rows : (band + 1) * parameters.rows])
        for bucket in _buckets(rows):
            leaders: list[int] = []
            for one in bucket:
                if _joins(one, leaders, shingles, joined, parameters.least_likeness):
                    continue
                if len(leaders) < MOST_LEADERS:
                    leaders.append(one)
    for group in joined.of_size(2):
        yield from ((group[0], other) for other in group[1:])


def _joins(one: int, leaders: Sequence[int], shingles: Shingles, joined: Groups, least: float) -> bool:
    for leader in leaders:
        if joined.find(one) == joined.find(leader):
            return True
        if shingles.likeness(one, leader) >= least:
            joined.join(one, leader)
            return True
    return False


def _buckets(rows: np.ndarray) -> list[list[int]]:
    found: dict[bytes, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        found[row.tobytes()].append(place)
    return [each for each in found.values() if len(each) > 1]


def _signatures(shingles: Shingles, parameters: Parameters) -> np.ndarray:
    """The smallest of many hashes of each text's runs: two texts agree in a column as often as their Jaccard index says."""
    size = parameters.bands * parameters.rows
    numbers = np.random.Generator(np.random.PCG64(parameters.seed))
    factors = numbers.integers(1, 1 << 63, size=size, dtype=np.uint64) | np.uint64(1)
    offsets = numbers.integers(0, 1 << 63, size=size, dtype=np.uint64)
    signatures = np.empty((len(shingles.of_text), size), dtype=np.uint32)
    for place, runs in enumerate(shingles.of_text):
        signatures[place] = ((runs[:, None] * factors + offsets) >> np.uint64(32)).min(axis=0)
    return signatures
