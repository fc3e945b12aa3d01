"""Parts in another language that are not marked, told by the commonest words of four languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.plain_language import sentences
from ratusz.publishing.gates.findings import Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets

COMMON_WORDS = {
    "pl": "w i z na do się nie to że jest o od po za jak dla lub oraz który która które są przez czy co ale przy tym go ich jej "
    "tego tej te ten ta masz możesz będzie był była było ul gdy już tak we ze",
    "en": "the of and to in is for on that with as are by this be at from it or an you your we our can will have has not was were "
    "which their they he she his her if about there here how what when who all please more",
    "de": "der die das und ist in zu den mit von für auf nicht ein eine im dem des sich auch es an werden aus er sie wir ihr ihre "
    "bei oder wie nach um am haben wird sind war zum zur können bitte",
    "uk": "",
}
_SETS = {language: frozenset(words.split()) for language, words in COMMON_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
LEAST_SHARE, BY_HOW_MUCH = 0.25, 2
"""A quarter of the words are another language's commonest ones, and twice as many as the page's own."""


def language_of(text: str) -> str | None:
    """pl, en, de or uk when the words tell; None when they don't."""
    words = _WORD.findall(text.lower())
    if not words:
        return None
    if sum(bool(_CYRILLIC.fullmatch(word)) for word in words) * 2 > len(words):
        return "uk"
    counts = {language: sum(word in common for word in words) for language, common in _SETS.items()}
    best = max(counts, key=lambda language: counts[language])
    second = max(number for language, number in counts.items() if language != best)
    if counts[best] >= LEAST_SHARE * len(words) and counts[best] >= BY_HOW_MUCH * second:
        return best
    return None


def unmarked_parts(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W07: a sentence of at least five words in another language than the page's is marked, so that a reader says it right."""
    least = targets.of_office("foreign_words")
    for passage in reading.passages:
        for sentence in sentences(passage.unmarked):
            if len(_WORD.findall(sentence)) < least:
                continue
            language = language_of(sentence)
            if language not in (None, reading.language):
                words = _("Mark in which language this stands, so that screen readers say it right: “%(text)s”.")
                yield Missing(words % {"text": _beginning(sentence)}, passage.url)
                break


def _beginning(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"
