"""Texts to weighted vectors of base forms, typed words to a query, and the found words marked: pure, no database.

Each word stands in the vector by the keys of its base forms and of itself, without accents (kit.lemmas). So "konsultacjach" meets
"konsultacje" in the base form, and "zolw" meets "żółw".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from ratusz.foundation.kit import lemmas

STOP_WORDS = frozenset((
    "a", "aby", "ale", "albo", "bez", "być", "chcę", "co", "czego", "czy", "dla", "dlaczego", "do", "dokąd", "gdzie", "i", "ich",
    "ile", "jak", "jaka", "jaki", "jakie", "jest", "kiedy", "kto", "która", "które", "który", "lub", "mam", "mi", "mogę", "można",
    "na", "nie", "o", "od", "oraz", "po", "pod", "przez", "przy", "się", "skąd", "są", "ta", "tam", "te", "ten", "to", "tu", "u",
    "w", "we", "z", "za", "ze", "że",
    "an", "and", "at", "can", "for", "how", "in", "is", "of", "on", "the", "what", "when", "where", "who",
))  # fmt: skip
LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
LEMMA_VERSION = str(lemmas.VERSION)


def words_of(text: str) -> Iterator[str]:
    """The words of a text in their order, as they are written; what is too long for a word is left out."""
    return (word for word in lemmas.words_of(text) if len(word) <= LONGEST_WORD)


def vector_of(*, title: str, summary: str = "", body: str = "") -> str:
    """The text form of a tsvector: words of the title weigh A, of the summary B, of the body C."""
    parts, position = [], 1
    for text, weight in ((title, "A"), (summary, "B"), (body, "C")):
        words = list(words_of(text))
        parts.append(lemmas.tsvector(" ".join(words), weight, position))
        position += len(words)
    return " ".join(part for part in parts if part)


def query_of(text: str, *, by_beginnings: bool = False, any_word: bool = False) -> str:
    """A tsquery in text form: every word must be there in one of its forms; "" when nothing can be searched for.

    `by_beginnings` also takes words that begin with the last one: for what was typed only half;
    with `any_word` one of the words is enough.
    """
    if any_word:
        return " | ".join(lemmas.tsquery(word) for word in _searched_words(text))
    return lemmas.tsquery(" ".join(_searched_words(text)), last_is_prefix=by_beginnings)


def _searched_words(text: str) -> list[str]:
    words = list(dict.fromkeys(word.lower() for word in words_of(text)))[:12]
    return [word for word in words if word not in STOP_WORDS] or words


class Searched:
    """The words somebody looks for, and whether a word of a text is one of them."""

    def __init__(self, text: str):
        self.keys = {key for group in lemmas.query_lemmas(" ".join(_searched_words(text))) for key in group}
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = not self.keys.isdisjoint(lemmas.keys_of_word(word))
        return self._known[word]


def highlighted(text: str, searched: Searched) -> SafeString:
    """The text, escaped, with the searched words (in any of their forms) in <mark>."""
    pieces: list[SafeString] = []
    last = 0
    for match in _WORD.finditer(text):
        if searched.has(match[0]):
            pieces.append(format_html("{}<mark>{}</mark>", text[last : match.start()], match[0]))
            last = match.end()
    return format_html("{}{}", format_html_join("", "{}", ((piece,) for piece in pieces)), conditional_escape(text[last:]))


def snippet(text: str, searched: Searched, length: int = 220) -> str:
    """A piece of the text around the first searched word, cut between words, with "…" where it was cut."""
    if len(text) <= length:
        return text
    first = next((match.start() for match in _WORD.finditer(text) if searched.has(match[0])), 0)
    start = text.rfind(" ", 0, max(first - length // 3, 0)) + 1 if first > length // 3 else 0
    end = text.find(" ", min(start + length, len(text)))
    end = len(text) if end == -1 else end
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def distinct_words(texts: Iterable[str]) -> dict[str, int]:
    """Words of four letters or more with the number of texts they stand in, for "did you mean"."""
    counts: dict[str, int] = defaultdict(int)
    for text in texts:
        for word in {word.lower() for word in words_of(text) if len(word) >= 4 and not word.isdigit()}:
            counts[word] += 1
    return counts
