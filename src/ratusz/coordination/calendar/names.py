"""Forms of people's names in Polish, and whether a text holds one: pure, by Morfeusz and by the usual endings."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

import morfeusz2

from ratusz.foundation.kit.words import search_key

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
HE_IN_I = ("iego", "iemu", "im", "ich", "imi")
HE_IN_Y = ("ego", "emu", "ym", "ych", "ymi")
NOUN = ("a", "owi", "em", "ie", "u", "owie", "ów", "om", "ami", "ach")
NOUN_IN_A = ("y", "i", "ie", "ę", "ą", "o", "ej", "iej")
VERBS = ("fin", "praet", "bedzie", "impt")
SOFTENED = {"k": "ce", "g": "dze", "r": "rze", "ł": "le", "t": "cie", "d": "dzie"}


_of_thread = threading.local()


def _generator() -> morfeusz2.Morfeusz:
    """One a thread: it keeps state while it works."""
    if not hasattr(_of_thread, "morfeusz"):
        _of_thread.morfeusz = morfeusz2.Morfeusz(analyse=False)
    return _of_thread.morfeusz


def _analyser() -> morfeusz2.Morfeusz:
    if not hasattr(_of_thread, "analyser"):
        _of_thread.analyser = morfeusz2.Morfeusz(generate=False)
    return _of_thread.analyser


def forms_of(name: str) -> list[str]:
    """All forms of a first or last name that a Polish text may hold, itself first; a name of two parts gives all pairs' forms.

    The dictionary's forms of exactly this word and, because many surnames are not in it, the usual endings: better a form that
    nobody writes than one that slips through.
    """
    name = " ".join(name.split())
    parts = re.split(r"[- ]", name)
    if len(parts) > 1:
        joined = [form for part in parts for form in forms_of(part)]
        return list(dict.fromkeys([name, *_declined_together(parts), *joined]))
    return list(dict.fromkeys([name, *_generated(name), *_by_endings(name)]))


def _declined_together(parts: list[str]) -> list[str]:
    """ "Nowak-Kowalskiej": the last part inflected, with the first as it is or inflected as well."""
    heads = [parts[0], *forms_of(parts[0])]
    return [f"{head}-{tail}" for head in dict.fromkeys(heads) for tail in forms_of(parts[-1])] if len(parts) == 2 else []


def _generated(name: str) -> list[str]:
    if not _WORD.fullmatch(name):
        return []
    # "Kot" the surname has the forms of the noun it is, too; "Wolny" those of the adjective.
    found = [form for form, *_rest in _generator().generate(name)]
    found += [form.capitalize() for form, *_rest in _generator().generate(name.lower())]
    return [form for form in found if form[:1].isupper() and search_key(form)[:2] == search_key(name)[:2]]


def _by_endings(name: str) -> list[str]:
    stem, last = name[:-1], name[-1:]
    if last in ("i", "y"):
        return [stem + ending for ending in (HE_IN_I if last == "i" else HE_IN_Y)]
    if last == "a":
        soft = SOFTENED.get(stem[-1:])
        return [stem + ending for ending in NOUN_IN_A] + ([stem[:-1] + soft] if soft else [])
    if last in ("o", "e", "u"):
        return []
    # "Bartek" gives "Bartka": the last vowel goes.
    stems = [name, name[:-2] + last] if name.endswith(("ek", "ec", "eł", "er")) else [name]
    return [each + ending for each in stems for ending in NOUN]


@dataclass(frozen=True)
class Words:
    """A text cut into words once, however many candidates are looked for: their keys, and where each key stands."""

    text: str
    keys: list[str]
    spans: list[tuple[int, int]]
    places: dict[str, list[int]]

    def stands_as_a_name(self, index: int) -> bool:
        """Written with a capital letter, and not only because it opens a sentence and describes a noun ("Wzorcowa szkoła")."""
        start, end = self.spans[index]
        if not self.text[start].isupper():
            return False
        return not _opens_sentence(self.text, start) or not describes(self.text[start:end], self._behind(index))

    def _behind(self, index: int) -> Iterator[str]:
        """The words that follow with nothing but a space between."""
        for (_start, end), (start, its_end) in pairwise(self.spans[index:]):
            if self.text[end:start].strip(" \t\u00a0"):
                return
            yield self.text[start:its_end]


def words_of(text: str) -> Words:
    """The words of a text as `found_in` takes them."""
    found = list(_WORD.finditer(text))
    keys = [_key(match.group()) for match in found]
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, []).append(index)
    return Words(text, keys, [match.span() for match in found], places)


_key = lru_cache(maxsize=200_000)(search_key)
"""Forms of the same candidates are looked for in every text of a campaign."""


def found_in(words: Words, first_forms: Iterable[str], last_forms: Iterable[str]) -> bool:
    """Whether the text names the person: the first name beside the last in any forms and either order, or the last name alone
    written with a capital letter ("prezydent Wzorcowa", "Wzorcowa otworzy park").

    A word that opens a sentence has that letter anyway. It counts all the same, for a text let out by mistake cannot be taken
    back and one held is read by a person; only an adjective of the noun behind it does not ("Wzorcowa szkoła").
    """
    where = [index for key in {_key(form) for form in last_forms} for index in words.places.get(key, ())]
    if not where:
        return False
    firsts = {_key(form) for form in first_forms}
    return any(
        firsts & set(words.keys[max(0, index - 2) : index] + words.keys[index + 1 : index + 2]) or words.stands_as_a_name(index)
        for index in where
    )


def describes(word: str, behind: Iterable[str]) -> bool:
    """Whether the word can be read as an adjective of the noun behind it, other adjectives perhaps between: all in one case, number
    and gender. What can be a verb is taken for one ("Kowalska była")."""
    shapes = _shapes(word.lower(), "adj")
    for following in behind:
        if not shapes or following[:1].isupper() or _shapes(following, *VERBS):
            return False
        if shapes & _shapes(following, "subst", "ger"):
            return True
        shapes &= _shapes(following, "adj", "ppas", "pact")
    return False


def _shapes(word: str, *classes: str) -> set[tuple[str, ...]]:
    """(number, case, gender) of each reading of a word as one of the classes; nobody is called in the vocative here.

    Morfeusz joins alternatives by dots: "adj:sg:nom.voc:f:pos".
    """
    tags = [tag.split(":") for _start, _end, (_form, _lemma, tag, *_rest) in _analyser().analyse(word)]
    read = (product(*(each.split(".") for each in marks[:3])) for name, *marks in tags if name in classes)
    return {shape for shapes in read for shape in shapes if "voc" not in shape}


def _opens_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \t\u00a0„\"'(–-•")
    return not before or before[-1] in ".!?\n:…"
