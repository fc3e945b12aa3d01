"""Which passage of a new version is which of the old one: equal ones first, moved ones, then those changed least."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from ratusz.participation.remarks.analysis.words import plain_words

LEAST_ALIKE = 0.5
"""Share of equal words from which a passage counts as the old one changed; below, it is a new one."""
PREFILTER = 0.25


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
    for before in _free(olds, found):
        for after in open_news:
            if (alike := _likeness(olds[before], news[after])) >= LEAST_ALIKE:
                pairs.append((-alike, abs(before - after), before, after))
    used: set[int] = set()
    for _alike, _far, before, after in sorted(pairs):
        if before not in used and found[after] is None:
            found[after] = before
            used.add(before)


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    these, those = set(one), set(other)
    whole = len(these | those)
    if not whole or len(these & those) / whole < PREFILTER:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
