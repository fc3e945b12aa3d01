"""The measured text as people read it: each sentence with its score, what is hard in it and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.plain_language import Hint, MeasuredSentence, hints_of, measure
from ratusz.foundation.kit.plain_language import hints as kinds
from ratusz.foundation.kit.plain_language.measuring import is_complex
from ratusz.foundation.kit.words import decimal_comma

from .targets import targets_of


@dataclass(frozen=True)
class AdvisedSentence:
    """A sentence in pieces (text, whether it is a complex word), its figures and its advice."""

    pieces: tuple[tuple[str, bool], ...]
    words: int
    score: str
    advice: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """The whole result."""

    score: str
    target: int
    is_plain: bool
    words: int
    complex_words: int
    median_sentence: str
    sentences: tuple[AdvisedSentence, ...]

    @property
    def number_of_sentences(self) -> int:
        return len(self.sentences)

    @property
    def number_to_mend(self) -> int:
        return sum(bool(sentence.advice) for sentence in self.sentences)


def advice_on(text: str, target: str, at: datetime) -> Advice:
    """Measures a Polish text against the score of a target; a target without a score counts as the website's."""
    measured = measure(text)
    longest = targets_of(target, at).get("fog") or targets_of("web", at).get("fog")
    hints: dict[int, list[Hint]] = {}
    for hint in hints_of(measured):
        hints.setdefault(hint.sentence, []).append(hint)
    sentences = tuple(_advised(sentence, hints.get(number, [])) for number, sentence in enumerate(measured.sentences))
    return Advice(
        score=decimal_comma(measured.fog, 1), target=longest, is_plain=measured.fog <= longest, words=measured.words,
        complex_words=measured.complex_words, median_sentence=decimal_comma(measured.median_sentence, 1).removesuffix(",0"),
        sentences=sentences,
    )  # fmt: skip


def _advised(sentence: MeasuredSentence, hints: list[Hint]) -> AdvisedSentence:
    advice = tuple(_how_to_mend(hint) for hint in hints)
    return AdvisedSentence(_pieces(sentence), len(sentence.words), decimal_comma(sentence.fog, 1), advice)


def _pieces(sentence: MeasuredSentence) -> tuple[tuple[str, bool], ...]:
    pieces, done = [], 0
    for word in sentence.words:
        if is_complex(word):
            pieces += [(sentence.text[done : word.start], False), (sentence.text[word.start : word.end], True)]
            done = word.end
    pieces.append((sentence.text[done:], False))
    return tuple(piece for piece in pieces if piece[0])


def _how_to_mend(hint: Hint) -> str:
    words = {
        kinds.LONG: _("Divide this sentence: it has %(words)s words, and up to 20 are easy to follow."),
        kinds.NOUNS: _("Say it with a verb: “%(words)s” are nouns made of verbs, one after another."),
        kinds.PASSIVE: _("Say who does it: “%(words)s” hides the person or the office."),
        kinds.IMPERSONAL: _("Say who did it instead of “%(words)s”, if readers need to know."),
        kinds.ACRONYM: _("Write the full name at the first use: “%(words)s”."),
    }
    return words[hint.kind] % {"words": hint.words}
