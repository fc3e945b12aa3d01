"""Who is for and who against: sentences that say so, and remarks on one thing that exclude each other. Suggestions only."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.lemmas import readings, words_of
from ratusz.foundation.kit.plain_language import sentences

FOR, AGAINST = "for", "against"
PATH = Path(__file__).parent / "stances.toml"
REACH = 3
"""How many words further the next word of an entry may stand: "nie bardzo popieram"."""
MOST_SENTENCES = 20
"""Of each side of one suggestion; a person reads them."""


@dataclass(frozen=True)
class Side:
    """One sentence of one remark that takes a side: `stance` says which, `because` by which words."""

    remark: int
    sentence: str
    stance: str
    because: str


@dataclass(frozen=True)
class Opposed:
    """Remarks on one subject that exclude each other, each with the sentence that says so."""

    subject: str
    one: tuple[Side, ...]
    other: tuple[Side, ...]


Entry = tuple[str, ...]


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Any]:
    content = tomllib.loads(PATH.read_text(encoding="utf-8"))

    def entries(words: Iterable[str]) -> tuple[Entry, ...]:
        return tuple(sorted((tuple(each.split()) for each in words), key=lambda entry: (-len(entry), entry)))

    return {
        FOR: entries(content["for"]), AGAINST: entries(content["against"]),
        "opposite": tuple((entries(pair["one"]), entries(pair["other"])) for pair in content["opposite"]),
    }  # fmt: skip


@lru_cache(maxsize=100_000)
def _forms(word: str) -> frozenset[str]:
    small = word.lower()
    return frozenset({small, *(form.lower() for form, _kind in readings(small))})


def sides_of(remark: int, text: str) -> list[Side]:
    """The sentences of a remark that are for or against something. "Nie popieram" is against, though it has "popieram"."""
    found = []
    for sentence in sentences(text):
        forms = [_forms(word) for word in words_of(sentence)]
        for stance in (AGAINST, FOR):
            if entry := _first(_lists()[stance], forms):
                found.append(Side(remark, sentence, stance, " ".join(entry)))
                break
    return found


def _first(entries: Iterable[Entry], forms: Sequence[frozenset[str]]) -> Entry | None:
    return next((entry for entry in entries if _has(entry, forms)), None)


def _has(entry: Entry, forms: Sequence[frozenset[str]]) -> bool:
    return any(_goes_on(entry, forms, place) for place in range(len(forms)))


def _goes_on(entry: Entry, forms: Sequence[frozenset[str]], place: int) -> bool:
    """Whether the entry begins at this word. Turned round by "nie" before it, an entry without "nie" does not count."""
    if entry[0] not in forms[place] or (entry[0] != "nie" and place and "nie" in forms[place - 1]):
        return False
    for word in entry[1:]:
        ahead = range(place + 1, min(place + 1 + REACH, len(forms)))
        following = next((each for each in ahead if word in forms[each]), None)
        if following is None:
            return False
        place = following
    return True


def opposed(texts: Sequence[str], subjects: Sequence[Iterable[str]]) -> list[Opposed]:
    """Suggestions for each subject that has both sides: those for and those against, or opposite deeds.

    `subjects` names for each text what it is about: its passage, places in it. Subjects with the most remarks come first.
    """
    of_subject: dict[str, list[int]] = defaultdict(list)
    for place, named in enumerate(subjects):
        for subject in named:
            of_subject[subject].append(place)
    found = []
    for subject, places in of_subject.items():
        if len(places) > 1:
            found += list(_opposed_on(subject, places, texts))
    return sorted(found, key=lambda each: (-len(each.one) - len(each.other), each.subject))


def _opposed_on(subject: str, places: Sequence[int], texts: Sequence[str]) -> Iterable[Opposed]:
    sides = [side for place in places for side in sides_of(place, texts[place])]
    yield from _pair(subject, (each for each in sides if each.stance == FOR), (each for each in sides if each.stance == AGAINST))
    for one, other in _lists()["opposite"]:
        yield from _pair(subject, _deeds(one, places, texts, FOR), _deeds(other, places, texts, AGAINST))


def _deeds(entries: Sequence[Entry], places: Iterable[int], texts: Sequence[str], stance: str) -> Iterable[Side]:
    for place in places:
        for sentence in sentences(texts[place]):
            if entry := _first(entries, [_forms(word) for word in words_of(sentence)]):
                yield Side(place, sentence, stance, " ".join(entry))


def _pair(subject: str, one: Iterable[Side], other: Iterable[Side]) -> Iterable[Opposed]:
    """A remark that says both is on neither side against others."""
    these, those = list(one), list(other)
    both = {side.remark for side in these} & {side.remark for side in those}
    these = [side for side in these if side.remark not in both]
    those = [side for side in those if side.remark not in both]
    if these and those:
        yield Opposed(subject, tuple(these[:MOST_SENTENCES]), tuple(those[:MOST_SENTENCES]))
