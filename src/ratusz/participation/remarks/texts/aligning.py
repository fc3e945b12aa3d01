"""Which passage of a new version is which of the old one: equal ones first, moved ones, then those changed least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import numpy as np

from ratusz.foundation.kit.analysis.words import plain_words

LEAST_ALIKE = 0.5
"""Share of equal words from which a passage counts as the old one changed; below, it is a new one."""
PREFILTER = 0.25
"""Share of different words in common below which two passages are not compared word by word."""
MOST_COMPARED = 8
"""Old passages that a new one is compared with: of thousands of like ones the nearest in words, then in place, will do."""


def aligned(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new passage the place of the old one it is, each old one at most once; None for a passage that is new."""
    olds, news = [tuple(plain_words(each)) for each in old], [tuple(plain_words(each)) for each in new]
    found: list[int | None] = [None] * len(new)
    blocks = SequenceMatcher(None, olds, news, autojunk=False).get_matching_blocks()
    for start, begin, length in blocks:
        for step in range(length):
            found[begin + step] = start + step
    _moved(olds, news, found)
    _changed(olds, news, found)
    return found


def _free(olds: Sequence[tuple[str, ...]], found: Sequence[int | None]) -> list[int]:
    taken = {each for each in found if each is not None}
    return [place for place in range(len(olds)) if place not in taken]


def _moved(olds: Sequence[tuple[str, ...]], news: Sequence[tuple[str, ...]], found: list[int | None]) -> None:
    """The same words in another place."""
    free: dict[tuple[str, ...], list[int]] = {}
    for place in _free(olds, found):
        free.setdefault(olds[place], []).append(place)
    for place, words in enumerate(news):
        if found[place] is None and free.get(words):
            found[place] = free[words].pop(0)


def _changed(olds: Sequence[tuple[str, ...]], news: Sequence[tuple[str, ...]], found: list[int | None]) -> None:
    """The likeliest pairs first; of equals the nearest in the order of the text."""
    open_news = [place for place, each in enumerate(found) if each is None]
    pairs = []
    for before, after in _likely(olds, news, _free(olds, found), open_news):
        alike = SequenceMatcher(None, olds[before], news[after], autojunk=False).ratio()
        if alike >= LEAST_ALIKE:
            pairs.append((-alike, abs(before - after), before, after))
    used: set[int] = set()
    for _alike, _far, before, after in sorted(pairs):
        if before not in used and found[after] is None:
            found[after] = before
            used.add(before)


def _likely(
    olds: Sequence[tuple[str, ...]], news: Sequence[tuple[str, ...]], free: Sequence[int], open_news: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing, by the words they share: two texts of three thousand passages take a second, not minutes."""
    where: dict[str, list[int]] = defaultdict(list)
    for row, before in enumerate(free):
        for word in set(olds[before]):
            where[word].append(row)
    rows = {word: np.array(found) for word, found in where.items()}
    places, sizes = np.array(free), np.array([len(set(olds[before])) for before in free])
    for after in open_news:
        words = set(news[after])
        if not (known := [rows[word] for word in words if word in rows]):
            continue
        shared = np.bincount(np.concatenate(known), minlength=len(free))
        share = shared / (sizes + len(words) - shared)
        best = np.flatnonzero(share >= PREFILTER)
        order = np.lexsort((np.abs(places[best] - after), -share[best]))[:MOST_COMPARED]
        yield from ((int(places[each]), after) for each in best[order])
