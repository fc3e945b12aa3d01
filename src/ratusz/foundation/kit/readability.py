"""How hard a Polish text is to read: syllables, sentences, the FOG index and Pisarek's measure.

Hard words have four syllables or more in their dictionary form (so "obywatelskiego" counts as "obywatelski"). The advice to editors
(trust.md 7.2): the median sentence has at most 15 words; legal acts are exempt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from statistics import median

from ratusz.foundation.kit.lemmas import base_forms

HARD_WORD_SYLLABLES = 4
LONG_SENTENCE_WORDS = 25
ADVISED_MEDIAN_SENTENCE = 15

_VOWELS = "aąeęioóuy"
# An "i" before another vowel only softens the consonant: nie, wiatr, Maria.
_SOFTENING = re.compile(rf"i(?=[{_VOWELS.replace('i', '')}])")
# "au" and "eu" are one syllable in auto and Europa, two after a prefix or in an ending: na-uka, za-ufać, nie-uwaga, muze-um.
_TWO_VOWELS = re.compile(r"^(?:nie|wy|do|prze|po|o|u)*(?:na|za)u|^(?:nie|prze)u|eu(?=m|sz)")
_DIPHTHONG = re.compile(r"au|^eu|(?<=[nflzr])eu(?=[rtdks])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(„])(?:[A-ZĄĆĘŁŃÓŚŹŻ]|r|ul|al|pl|os|np|tj|tzw|tzn|itp|itd|m\.in|godz|art|ust|pkt|lit|poz|nr|zł|gr|tys|mln|mld|dr|prof|mgr"
    r"|inż|hab|ks|św|im|in|ok|por|zob|ds|wg|Dz\.U|Dz|U|ww|tel|min|max|str|s|w|i|t|j|c|d)\.$"
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"”»)\]]*(?=\s|$)|\n\s*\n|\n\s*[-–•*]\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@lru_cache(maxsize=100_000)
def syllables(word: str) -> int:
    """How many syllables a Polish word has; 0 for one without vowels ("w", "z") and for figures."""
    letters = word.lower()
    if _TWO_VOWELS.search(letters):
        diphthongs = len(_DIPHTHONG.findall(_TWO_VOWELS.sub("", letters)))
    else:
        diphthongs = len(_DIPHTHONG.findall(letters))
    return sum(letter in _VOWELS for letter in _SOFTENING.sub("", letters)) - diphthongs


def sentences(text: str) -> list[str]:
    """The sentences of a text; abbreviations, ordinals ("15. edycja") and "r." before a small letter end none."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if end[0].startswith(".") and _goes_on(text[: end.start() + 1], text[end.end() :]):
            continue
        found.append(text[start : end.end()])
        start = end.end()
    return [sentence.strip() for sentence in [*found, text[start:]] if _WORD.search(sentence)]


def _goes_on(before: str, after: str) -> bool:
    following = after.lstrip()[:1]
    if following and (following.islower() or following in ",;:"):
        return True
    is_year = re.search(r"\br\.$", before[-4:])
    return bool(following) and not is_year and bool(_ABBREVIATION.search(before[-12:]))


def _is_hard(word: str) -> bool:
    forms = base_forms(word) or base_forms(word.lower()) or (word,)
    return min(syllables(form) for form in forms) >= HARD_WORD_SYLLABLES


@dataclass(frozen=True)
class Readability:
    """Figures for an editor. `fog` is about the years of schooling a reader needs; `pisarek` of 10 and more is hard."""

    words: int
    sentences: int
    median_sentence: float
    fog: float
    pisarek: float
    hard_words: tuple[str, ...]
    long_sentences: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        return self.median_sentence <= ADVISED_MEDIAN_SENTENCE


def readability(text: str) -> Readability:
    """Measures plain text (no markup).

    FOG = 0.4 · (words per sentence + per cent of hard words); Pisarek = ½ · √(words per sentence² + per cent of hard words²).
    """
    parts = sentences(text)
    words_in = [_WORD.findall(part) for part in parts]
    words = [word for part in words_in for word in part]
    if not words:
        return Readability(0, 0, 0.0, 0.0, 0.0, (), ())
    hard = [word for word in words if _is_hard(word)]
    mean_sentence, hard_share = len(words) / len(parts), 100 * len(hard) / len(words)
    return Readability(
        words=len(words),
        sentences=len(parts),
        median_sentence=float(median(len(part) for part in words_in)),
        fog=round(0.4 * (mean_sentence + hard_share), 1),
        pisarek=round(sqrt(mean_sentence**2 + hard_share**2) / 2, 1),
        hard_words=tuple(dict.fromkeys(word.lower() for word in hard)),
        long_sentences=tuple(part for part, inside in zip(parts, words_in, strict=True) if len(inside) > LONG_SENTENCE_WORDS),
    )
