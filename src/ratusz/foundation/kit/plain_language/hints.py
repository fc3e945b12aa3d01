"""What to mend in which sentence: length, nouns made of verbs in a row, the passive, short names nobody explained."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ratusz.foundation.kit.lemmas import is_known, word_classes

from .measuring import Measured, MeasuredSentence
from .pack import pack
from .words import Word

LONG, NOUNS, PASSIVE, IMPERSONAL, ACRONYM = "long", "nouns", "passive", "impersonal", "acronym"
PASSIVE_REACH = 3
"""How many words after "został" or "jest" the participle may stand."""
BETWEEN_NOUNS = 3
"""The longest word, in letters, that may stand between two nouns made of verbs in a row."""
SPOKEN_LONGEST = 5
"""Longer names in capitals are words that somebody shouts when the dictionary has them."""

_NOUN_ENDING = re.compile(r"(?:[ae]ni|ci)(?:e|a|u|em|om|ami|ach)$|(?:ań|eń)$")
_BECOMING = frozenset(["został", "została", "zostało", "zostali", "zostały", "zostanie", "zostaną", "zostać", "zostaje", "zostają"])
_BEING = frozenset(["jest", "są", "był", "była", "było", "byli", "były", "będzie", "będą", "być"])
_ROMAN = re.compile(r"[IVXLCM]+")
_CAPITALS = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]+")


@dataclass(frozen=True)
class Hint:
    """One thing to mend: its kind, the sentence's number from 0 and the words it is about."""

    kind: str
    sentence: int
    words: str


def hints_of(measured: Measured) -> list[Hint]:
    """All hints for a text in the order of its sentences; the same text always gives the same."""
    found: list[Hint] = []
    explained = set(pack().known_acronyms)
    for number, sentence in enumerate(measured.sentences):
        if sentence.is_long:
            found.append(Hint(LONG, number, str(len(sentence.words))))
        found += [Hint(NOUNS, number, words) for words in _nouns_in_a_row(sentence)]
        found += [Hint(PASSIVE, number, words) for words in _passive(sentence)]
        found += [Hint(IMPERSONAL, number, word.text) for word in sentence.words if _is_impersonal(word)]
        found += [Hint(ACRONYM, number, name) for name in _unexplained(sentence, explained)]
    return found


def _nouns_in_a_row(sentence: MeasuredSentence) -> list[str]:
    rows: list[list[Word]] = []
    row: list[Word] = []
    gap = 0
    for word in sentence.words:
        if _is_made_of_verb(word.text) and word.kind == "word":
            row.append(word)
            gap = 0
        elif row and gap == 0 and len(word.text) <= BETWEEN_NOUNS:
            gap = 1
        else:
            rows.append(row)
            row, gap = [], 0
    return [sentence.text[row[0].start : row[-1].end] for row in [*rows, row] if len(row) >= 2]


@lru_cache(maxsize=50_000)
def _is_made_of_verb(word: str) -> bool:
    letters = word.lower()
    if not _NOUN_ENDING.search(letters) or letters.startswith(pack().everyday_nouns):
        return False
    return "ger" in word_classes(letters)


def _passive(sentence: MeasuredSentence) -> list[str]:
    found, words = [], sentence.words
    for place, word in enumerate(words):
        letters = word.text.lower()
        if letters not in _BECOMING and letters not in _BEING:
            continue
        for later in words[place + 1 : place + 1 + PASSIVE_REACH]:
            if _is_participle(later.text, strict=letters in _BEING):
                found.append(sentence.text[word.start : later.end])
                break
    return found


@lru_cache(maxsize=50_000)
def _is_participle(word: str, *, strict: bool) -> bool:
    """A passive participle in the nominative; after "jest" not one that also says how a thing is: "jest otwarty"."""
    letters = word.lower()
    if letters.startswith(pack().plain_states) and strict:
        return False
    classes = word_classes(letters)
    return "ppas" in classes and not (strict and classes & {"adj", "subst"})


def _is_impersonal(word: Word) -> bool:
    """Forms in -no and -to that hide who did it: "zrobiono", "zamknięto"."""
    return word.kind == "word" and word.text.lower().endswith(("no", "to")) and word_classes(word.text.lower()) == {"imps"}


def _unexplained(sentence: MeasuredSentence, explained: set[str]) -> list[str]:
    """Short names in capitals without their full name before or after them; each is told once."""
    found = []
    for place, word in enumerate(sentence.words):
        name = word.text
        if word.kind != "acronym" or name in explained or _ROMAN.fullmatch(name) or _is_shouted(sentence, place):
            continue
        explained.add(name)
        if not _is_explained_here(sentence.text, word):
            found.append(name)
    return found


def _is_shouted(sentence: MeasuredSentence, place: int) -> bool:
    """A word of a line written in capitals, or a long one that the dictionary has."""
    name = sentence.words[place].text
    if len(name) > SPOKEN_LONGEST and is_known(name.lower()):
        return True
    beside = [word for word in sentence.words[max(0, place - 1) : place + 2] if word.text != name]
    return any(word.kind == "acronym" and _CAPITALS.fullmatch(word.text) and is_known(word.text.lower()) for word in beside) and (
        is_known(name.lower())
    )


def _is_explained_here(text: str, word: Word) -> bool:
    """ "Ośrodek Pomocy (OP)", "OP (Ośrodek Pomocy)", "OP, czyli …", "OP – Ośrodek"."""
    before, after = text[: word.start].rstrip(), text[word.end :].lstrip()
    in_brackets = before.endswith("(") and len(before) > 1
    return in_brackets or after.startswith(("(", ", czyli", "czyli", "– ", "- "))
