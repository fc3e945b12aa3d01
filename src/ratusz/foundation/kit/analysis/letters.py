"""Letters made of one template: what all of them say in the same words, and what each author added freely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ratusz.foundation.kit.analysis.copies import Groups, Shingles, shingles_of
from ratusz.foundation.kit.analysis.parameters import Parameters
from ratusz.foundation.kit.analysis.words import plain_words
from ratusz.foundation.kit.plain_language import sentences

SHARED_BY = 0.5
"""The part of a group's letters that a run of words stands in to be of the template."""
OWN_WORDS = 3
"""Fewer words of one's own in a sentence are a changed name or a date, not something said freely."""


@dataclass(frozen=True)
class Letters:
    """A group of letters: their places in the texts, and of each the sentences that the template has not."""

    members: tuple[int, ...]
    template: tuple[str, ...]
    """Sentences of the template, as the first letter has them."""
    free_parts: tuple[tuple[str, ...], ...]


def letters(texts: Sequence[str], parameters: Parameters) -> list[Letters]:
    """Groups of letters that share a template, copies among them; the largest first.

    Two letters belong together when they share enough runs of words, however much each adds of its own.
    """
    words = [plain_words(text)[: parameters.letter_words] for text in texts]
    shingles = shingles_of(words, parameters.shingle_words)
    groups = Groups(len(texts))
    for one, other, shared in _pairs(shingles):
        shorter = min(len(shingles.of_text[one]), len(shingles.of_text[other]))
        if shared >= min(parameters.least_shared, shorter) and shared >= parameters.least_contained * shorter:
            groups.join(one, other)
    return [_letters(group, texts, shingles, parameters) for group in groups.of_size(parameters.least_letters)]


def _pairs(shingles: Shingles) -> list[tuple[int, int, int]]:
    """Each text with the first one that has the same run: (first, text, how many runs they share so)."""
    sizes = [len(each) for each in shingles.of_text]
    if not sum(sizes):
        return []
    runs = np.concatenate(shingles.of_text)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((owners, runs))
    runs, owners = runs[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], runs[1:] != runs[:-1])))
    firsts = np.repeat(owners[starts], np.diff(np.append(starts, len(runs))))
    apart = firsts != owners
    pairs, counts = np.unique(np.stack((firsts[apart], owners[apart])), axis=1, return_counts=True)
    return [(int(one), int(other), int(count)) for (one, other), count in zip(pairs.T, counts, strict=True)]


def _letters(group: list[int], texts: Sequence[str], shingles: Shingles, parameters: Parameters) -> Letters:
    counts: Counter[int] = Counter()
    for place in group:
        counts.update(shingles.of_text[place].tolist())
    common = frozenset(run for run, count in counts.items() if count > 1 and count >= SHARED_BY * len(group))
    parted = [_parted(texts[place], common, parameters.shingle_words) for place in group]
    return Letters(tuple(group), tuple(parted[0][0]), tuple(tuple(free) for _template, free in parted))


def _parted(text: str, common: frozenset[int], size: int) -> tuple[list[str], list[str]]:
    """Sentences of the template and sentences of one's own."""
    whole = sentences(text)
    words = [plain_words(each) for each in whole]
    marks = _marks([word for each in words for word in each], common, size)
    template: list[str] = []
    free: list[str] = []
    start = 0
    for sentence, own in zip(whole, words, strict=True):
        of_template = sum(marks[start : start + len(own)])
        start += len(own)
        (free if len(own) - of_template > max(OWN_WORDS, of_template) else template).append(sentence)
    return template, free


def _marks(words: Sequence[str], common: frozenset[int], size: int) -> list[bool]:
    marks = [False] * len(words)
    for start in range(max(len(words) - size + 1, 1) if words else 0):
        run = words[start : start + size]
        if int(shingles_of([run], size).of_text[0][0]) in common:
            marks[start : start + len(run)] = [True] * len(run)
    return marks
