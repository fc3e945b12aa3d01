"""Lemmas of Polish words by Morfeusz: what search compares, so that "konsultacjach" finds "konsultacje" and "zolw" finds "żółw".

Keys are without accents and in small letters (words.search_key). An ambiguous word gives all its lemmas.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from itertools import product

import morfeusz2

from ratusz.foundation.kit.words import search_key

VERSION = 1
"""Stored beside indexed text; raise it when the keys change, so that a sweep indexes anew."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ACCENTED = {"a": "aą", "c": "cć", "e": "eę", "l": "lł", "n": "nń", "o": "oó", "s": "sś", "z": "zźż"}
MOST_VARIANTS = 4096
LAST_POSITION = 16383
"""PostgreSQL's greatest position in a tsvector."""
LONGEST_KEY = 200
"""Signs of a word that search compares: PostgreSQL takes no lexeme of more than 2,046 bytes."""

_of_thread = threading.local()


def _morfeusz() -> morfeusz2.Morfeusz:
    """One analyser per thread: it keeps state while it works."""
    if not hasattr(_of_thread, "morfeusz"):
        _of_thread.morfeusz = morfeusz2.Morfeusz(generate=False)
    return _of_thread.morfeusz


def words_of(text: str) -> list[str]:
    """The words and numbers of a text in their order; parts of "biało-czerwony" are two words."""
    return _WORD.findall(text)


@lru_cache(maxsize=200_000)
def base_forms(word: str) -> tuple[str, ...]:
    """The dictionary forms of one word with their accents, sorted; empty when the dictionary does not know it.

    Endings that Morfeusz splits off ("zrobił-em") do not count as words of their own.
    """
    found = set()
    for _start, _end, (_form, lemma, tag, *_labels) in _morfeusz().analyse(word):
        if tag == "ign":
            return ()
        if not tag.startswith(("aglt", "interp")):
            found.add(lemma.partition(":")[0] or lemma)
    return tuple(sorted(found))


@lru_cache(maxsize=200_000)
def word_classes(word: str) -> frozenset[str]:
    """Grammatical classes the dictionary gives a word as written: "subst", "adj", "ger", "ppas", "imps" …; empty when unknown."""
    return frozenset(tag.partition(":")[0] for _start, _end, (_form, _lemma, tag, *_labels) in _morfeusz().analyse(word)) - {
        "ign",
        "interp",
        "aglt",
    }


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[tuple[str, str], ...]:
    """(dictionary form, grammatical class) of one word as written, in the dictionary's order; empty when it does not know it.

    What the dictionary calls old, rare or of one trade is left out when there is anything else.
    """
    found = [
        (lemma.partition(":")[0] or lemma, kind, bool(marks))
        for _start, _end, (_form, lemma, tag, _names, marks) in _morfeusz().analyse(word)
        if (kind := tag.partition(":")[0]) not in ("ign", "aglt", "interp")
    ]
    usual = [each for each in found if not each[2]] or found
    return tuple(dict.fromkeys((lemma, kind) for lemma, kind, _is_marked in usual))


@lru_cache(maxsize=20_000)
def is_first_name(word: str) -> bool:
    """Whether the dictionary has the word, as written, as a person's first name in any case: "Anna", "Janowi"."""
    return any("imię" in labels for _start, _end, (_form, _lemma, _tag, labels, *_rest) in _morfeusz().analyse(word))


@lru_cache(maxsize=20_000)
def is_surname(word: str) -> bool:
    """Whether the dictionary has the word, as written, as a surname in any case: "Nowak", "Kowalskiej"."""
    return any("nazwisko" in labels for _start, _end, (_form, _lemma, _tag, labels, *_rest) in _morfeusz().analyse(word))


def is_known(word: str) -> bool:
    """Whether the dictionary has the word as written, or in small letters."""
    return bool(base_forms(word) or base_forms(word.lower()))


@lru_cache(maxsize=20_000)
def accented(word: str) -> tuple[str, ...]:
    """Known words that differ from an unknown one only by left-out Polish letters: "zolwie" gives "żółwie"; sorted."""
    choices, variants = [], 1
    for letter in word.lower():
        options = _ACCENTED.get(letter, letter)
        variants *= len(options)
        choices.append(options if variants <= MOST_VARIANTS else letter)
    spellings = {"".join(letters) for letters in product(*choices)} - {word.lower()}
    return tuple(sorted(spelling for spelling in spellings if base_forms(spelling) or base_forms(spelling.capitalize())))


@lru_cache(maxsize=200_000)
def lemmas_of_word(word: str) -> tuple[str, ...]:
    """The keys of one word's lemmas, sorted; the word's own key when the dictionary does not know it."""
    forms = base_forms(word) or base_forms(word.lower())
    return tuple(sorted({search_key(form) for form in forms})) or (search_key(word),)


def lemmas(text: str) -> list[tuple[str, ...]]:
    """For each word of a text, in order, the keys of its lemmas."""
    return [lemmas_of_word(word) for word in _WORD.findall(text)]


SHORTEST_TELLING = 4
"""Letters of a word that says something: "na", "dla", "ul" do not."""


def long_lemmas(text: str) -> list[str]:
    """Keys of the base forms of a title's longer words, sorted, each once: what similar things share."""
    return sorted({key for group in lemmas(text) for key in group if len(key) >= SHORTEST_TELLING})


@lru_cache(maxsize=200_000)
def keys_of_word(word: str) -> tuple[str, ...]:
    """What a word of a text is found by: its lemmas and its own form; of something longer than a word its beginning."""
    return tuple({key[:LONGEST_KEY] for key in (*lemmas_of_word(word[:LONGEST_KEY]), search_key(word[:LONGEST_KEY]))})


def query_lemmas(query: str) -> list[tuple[str, ...]]:
    """For each word of a search query the keys any of which will do.

    A word typed without its Polish letters counts as everything it may mean.
    """
    groups = []
    for word in (each[:LONGEST_KEY] for each in words_of(query)):
        known = base_forms(word) or base_forms(word.lower()) or base_forms(word.capitalize())
        spellings = () if known else accented(word)
        forms = {*known, *(form for spelling in spellings for form in (base_forms(spelling) or base_forms(spelling.capitalize())))}
        groups.append(tuple(sorted({search_key(form)[:LONGEST_KEY] for form in (*forms, word)})))
    return groups


def tsvector(text: str, weight: str = "D", first_position: int = 1) -> str:
    """The text form of PostgreSQL's tsvector (cast it: %s::tsvector), with each word's lemmas and its own form at its position.

    `weight` is A to D. Join several with `||` in SQL, or give each its `first_position`.
    """
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(words_of(text), start=first_position):
        for key in keys_of_word(word):
            positions.setdefault(key, []).append(min(position, LAST_POSITION))
    # PostgreSQL keeps 256 positions of one lexeme.
    return " ".join(
        f"{_quoted(key)}:" + ",".join(f"{place}{weight}" for place in dict.fromkeys(places[:256]))
        for key, places in positions.items()
    )


def tsquery(query: str, *, last_is_prefix: bool = False) -> str:
    """The text form of PostgreSQL's tsquery (cast it: %s::tsquery); "" when there is no word.

    Every word must be there, in any of its meanings.
    `last_is_prefix` also takes words that begin with the last one, for searching while somebody types.
    """
    groups = [[_quoted(key) for key in group] for group in query_lemmas(query)]
    if groups and last_is_prefix:
        groups[-1].append(_quoted(search_key(words_of(query)[-1][:LONGEST_KEY])[:LONGEST_KEY]) + ":*")
    return " & ".join("(" + " | ".join(group) + ")" for group in groups)


def _quoted(key: str) -> str:
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"
