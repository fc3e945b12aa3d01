"""The words of a remark as the analysis compares them: one spelling, base forms, names of streets and districts in one piece."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ratusz.foundation.kit.analysis.subjects import says_little
from ratusz.foundation.kit.lemmas import accented, lemmas_of_word, readings, words_of
from ratusz.foundation.kit.plain_language import sentences
from ratusz.foundation.kit.words import search_key

_QUOTES = str.maketrans({**dict.fromkeys("„”“«»‟″", '"'), **dict.fromkeys("‚‘’‛′", "'"), **dict.fromkeys("‐‑‒–—―−", "-")})
_BEFORE_A_NAME = frozenset(
    [
        "ul",
        "ulica",
        "ulicy",
        "ulicę",
        "al",
        "aleja",
        "alei",
        "pl",
        "plac",
        "placu",
        "os",
        "osiedle",
        "osiedlu",
        "rondo",
        "ronda",
        "dzielnica",
        "dzielnicy",
    ]
)
_GRAMMAR = frozenset(["prep", "conj", "comp", "qub", "part", "ppron12", "ppron3", "siebie", "interj", "brev", "frag"])
_SELDOM_ADJECTIVES = frozenset(["drogi", "światły"])
_LIKELY = {"num": 0, "subst": 0, "depr": 0, "ger": 1, "adj": 2, "ppas": 3, "pact": 3, "impt": 9}
NOT = "nie"


def normal(text: str) -> str:
    """One spelling of one text: NFC, small letters, one kind of quotes and dashes, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).lower().split())


def plain_words(text: str) -> list[str]:
    """The words of a text without accents, case and marks: by these copies are told, however they were typed."""
    return words_of(search_key(text))


@dataclass(frozen=True)
class Names:
    """Names that are one word to the analysis, by the base forms of their first words; made by `names_of`."""

    by_first: dict[str, tuple[tuple[tuple[frozenset[str], ...], str], ...]] = field(default_factory=dict)

    def at(self, words: Sequence[str], place: int, *, begins: bool) -> tuple[str, int]:
        """The name that begins at this word and its number of words; ("", 0) when none does.

        A name of one word counts in capitals, and at the beginning of a sentence only after "ul.", "park" and the like.
        """
        word = words[place]
        if not (word[:1].isupper() or word.isdigit()):
            return "", 0
        after_mark = place > 0 and words[place - 1].lower() in _BEFORE_A_NAME
        for key in lemmas_of_word(word):
            for parts, name in self.by_first.get(key, ()):
                if len(parts) == 1 and begins and not after_mark:
                    continue
                here = words[place : place + len(parts)]
                if len(here) == len(parts) and all(_is(each, part) for each, part in zip(here, parts, strict=True)):
                    return name, len(parts)
        return "", 0


def _is(word: str, part: frozenset[str]) -> bool:
    return not part.isdisjoint(lemmas_of_word(word))


def names_of(names: Iterable[str]) -> Names:
    """Names of streets and districts ready to be found in any case; longer ones are tried first."""
    by_first: dict[str, list[tuple[tuple[frozenset[str], ...], str]]] = {}
    for name in sorted(set(names), key=lambda each: (-len(words_of(each)), each)):
        parts = tuple(frozenset(lemmas_of_word(word)) for word in words_of(name))
        if not parts:
            continue
        for key in sorted(parts[0]):
            by_first.setdefault(key, []).append((parts, name))
    return Names({key: tuple(each) for key, each in by_first.items()})


@lru_cache(maxsize=200_000)
def base_form(word: str) -> str:
    """The likeliest base form of a word, with accents, in small letters; "" when the word only joins others.

    Of several a noun goes before an adjective and that before a verb, an order ("cień" of "cienić") last. "nie" stays: it turns
    the meaning. A word typed without Polish letters counts as the first one it may stand for.
    """
    small = word.lower()
    if small == NOT or small.isdigit():
        return small
    known = readings(small)
    if len(small) < 2 or any(kind in _GRAMMAR for _form, kind in known):
        return ""
    known = known or readings(word)
    if not known and len(small) > 3:
        known = tuple(reading for spelling in accented(small)[:1] for reading in readings(spelling))
    if not known:
        return small
    return _likeliest(known)


def _likeliest(known: Sequence[tuple[str, str]]) -> str:
    """ "starych" is "stary" and not "stara" or "starzy"; "światła" is "światło"; "drogi" is "droga" all the same."""
    if little := [form for form, _kind in known if form in says_little()]:
        return little[0]
    adjectives = {form[:-1] for form, kind in known if kind == "adj" and form not in _SELDOM_ADJECTIVES}
    left = [reading for reading in known if reading[1] != "subst" or not reading[0].startswith(tuple(adjectives))] or known
    return min(left, key=lambda reading: (_LIKELY.get(reading[1], 4), not reading[0].endswith("o"), len(reading[0]), reading[0]))[
        0
    ].lower()


@dataclass(frozen=True)
class Sentence:
    """One sentence with its words that say something, and the names of places in it."""

    text: str
    words: tuple[str, ...]
    """Base forms and names."""
    places: tuple[str, ...]


def read(text: str, names: Names) -> list[Sentence]:
    """A remark sentence by sentence."""
    return [_read_sentence(each, names) for each in sentences(text)]


def _read_sentence(text: str, names: Names) -> Sentence:
    words, said, places = words_of(text), [], []
    place = 0
    while place < len(words):
        name, length = names.at(words, place, begins=place == 0)
        if name:
            places.append(name)
        form = name or base_form(words[place])
        if form and form not in says_little():
            said.append(form)
        place += length or 1
    return Sentence(text, tuple(said), tuple(dict.fromkeys(places)))
