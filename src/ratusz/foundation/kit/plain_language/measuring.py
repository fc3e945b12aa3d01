"""The FOG-PL index: 0.4 × (words per sentence + 100 × complex words / words); about the years of schooling a reader needs."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from .pack import pack
from .sentences import sentences
from .syllables import syllables
from .words import Word, words_of

COMPLEX_SYLLABLES = 4


@dataclass(frozen=True)
class MeasuredSentence:
    """One sentence with its own figures."""

    text: str
    words: tuple[Word, ...]
    complex_words: tuple[str, ...]

    @property
    def fog(self) -> float:
        """The index of this sentence alone."""
        return fog(len(self.words), 1, len(self.complex_words))

    @property
    def is_long(self) -> bool:
        return len(self.words) > pack().long_sentence_words


@dataclass(frozen=True)
class Measured:
    """A whole text: its sentences and its index."""

    sentences: tuple[MeasuredSentence, ...]

    @property
    def words(self) -> int:
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def complex_words(self) -> int:
        return sum(len(sentence.complex_words) for sentence in self.sentences)

    @property
    def fog(self) -> float:
        """The index with one decimal place; 0 for a text without words."""
        return fog(self.words, len(self.sentences), self.complex_words)

    @property
    def median_sentence(self) -> float:
        """Half of the sentences have no more words than this."""
        return float(median(len(sentence.words) for sentence in self.sentences)) if self.sentences else 0.0


def fog(words: int, number_of_sentences: int, complex_words: int) -> float:
    """The formula alone, rounded half up to one place in whole numbers, so that no machine rounds otherwise."""
    if not words or not number_of_sentences:
        return 0.0
    # 0.4 · (w/s + 100 c/w) · 10 = 4 (w² + 100 c s) / (s w)
    above, below = 4 * (words * words + 100 * complex_words * number_of_sentences), number_of_sentences * words
    return ((2 * above + below) // (2 * below)) / 10


def measure(text: str) -> Measured:
    """Measures plain text (no markup)."""
    return Measured(tuple(found for found in map(_measured, sentences(text)) if found.words))


def _measured(sentence: str) -> MeasuredSentence:
    words = tuple(words_of(sentence))
    return MeasuredSentence(sentence, words, tuple(word.text for word in words if is_complex(word)))


def is_complex(word: Word) -> bool:
    """Four syllables or more as written; a number, a date, an abbreviation and an address never."""
    return word.kind == "word" and syllables(word.text) >= COMPLEX_SYLLABLES
