"""Syllables of a Polish word: as many as its vowels, less those that only soften or make one syllable with the next."""

from __future__ import annotations

import re
from functools import lru_cache

from .pack import pack

VOWELS = "aąeęioóuy"
# An "i" before another vowel only softens the consonant: nie, wiatr, Maria; "ii" is one syllable: linii, historii.
_SOFTENING = re.compile(rf"i(?=[{VOWELS}])")


@lru_cache(maxsize=1)
def _stems() -> re.Pattern[str]:
    return re.compile("|".join(sorted(pack().stems, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _joined_eu() -> re.Pattern[str]:
    return re.compile("|".join(pack().eu_joined_stems))


@lru_cache(maxsize=100_000)
def syllables(word: str) -> int:
    """How many syllables a word has; 0 for one without vowels ("w", "z") and for figures."""
    lists, letters = pack(), word.lower()
    of_stems = 0
    for stem in _stems().findall(letters):
        of_stems += lists.stems[stem]
    letters = _stems().sub("-", letters)
    joined = len(_joined_eu().findall(letters)) + letters.count("au")
    apart = letters.startswith(lists.au_apart_beginnings) and "au" in letters
    kept = letters.startswith(lists.i_counts_beginnings) and _SOFTENING.search(letters) is not None
    spoken = sum(letter in VOWELS for letter in _SOFTENING.sub("", letters))
    return of_stems + spoken - joined + apart + kept
