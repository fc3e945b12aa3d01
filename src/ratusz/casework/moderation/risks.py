"""Signals of risk in a text: banned words in any form, links, repetition, haste, likeness to spam, a simple classifier. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ratusz.foundation.kit.lemmas import is_known, keys_of_word, query_lemmas
from ratusz.foundation.kit.words import search_key

LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "l"})
HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
TOKEN = re.compile(r"(?:[@$](?=[^\W\d_])|[^\W_])(?:[^\W_]|[@$]|[!|](?=[^\W_]))*")
SPELT = re.compile(r"(?<![^\W_])[^\W_](?:[\s.\-_*,]{1,2}[^\W_]){2,}(?![^\W_])")
LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:pl|com|net|info|biz|ru|top|xyz|shop|online)\b(?:/\S*)?", re.IGNORECASE)
LONG_RUN = re.compile(r"(.)\1{5,}", re.DOTALL)
SHINGLE = 3
LIKE_FROM = 0.5
ENOUGH = 15
"""Texts of each sort that the classifier must have seen before it says anything."""
TOLD = 5
"""Words of the classifier that are shown to moderators."""


@dataclass(frozen=True)
class Signal:
    """One reason why a text looks risky. `weight` of 100; `found` says what was found, for moderators."""

    code: str
    """banned | links | repetition | shouting | haste | like_spam | copy | classifier."""
    weight: int
    found: str = ""


@dataclass(frozen=True)
class Banned:
    """A banned word or phrase as text and weight."""

    words: str
    weight: int


@dataclass(frozen=True)
class Classifier:
    """A naive Bayes classifier: in how many texts of each sort a word stood."""

    spam: Counter[str] = field(default_factory=Counter)
    fine: Counter[str] = field(default_factory=Counter)
    spam_texts: int = 0
    fine_texts: int = 0


def folded(word: str) -> str:
    """A word as it is compared: without accents, case, disguise by digits, and letters written many times."""
    plain = search_key(HIDDEN.sub("", word))
    if re.search(r"[^\W\d_]", plain):
        plain = plain.translate(LEET)
    return re.sub(r"(.)\1+", r"\1", plain)


def phrase_key(words: str) -> str:
    """The key under which a banned word or phrase stands once; "" when it has no letters."""
    return " ".join(folded(token) for token in TOKEN.findall(HIDDEN.sub("", words)))


def tokens_of(text: str) -> list[str]:
    """Words of a text in their order; letters written apart ("k.u.r.a") are one word."""
    shown = HIDDEN.sub("", text)
    joined = SPELT.sub(lambda found: re.sub(r"[\s.\-_*,]", "", found[0]), shown)
    return TOKEN.findall(joined)


def _keys(word: str) -> frozenset[str]:
    """What a word may be: itself and its lemmas, also of what it looks like."""
    plain = folded(word)
    lemmas = {key for each in {word, plain} for key in keys_of_word(each)}
    if not is_known(plain) and plain.isalpha():
        lemmas |= {key for keys in query_lemmas(plain) for key in keys}
    return frozenset({plain, *(folded(each) for each in lemmas)})


def banned_in(text: str, banned: Iterable[Banned]) -> list[Banned]:
    """Banned words and phrases of the list that stand in the text, in any form of theirs."""
    keys = [_keys(token) for token in tokens_of(text)]
    return [each for each in banned if _stands(each.words, keys)]


def _stands(words: str, keys: Sequence[frozenset[str]]) -> bool:
    wanted = [_keys(token) for token in TOKEN.findall(words)]
    if not wanted:
        return False
    last = len(keys) - len(wanted) + 1
    return any(all(want & keys[start + step] for step, want in enumerate(wanted)) for start in range(last))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of three folded words; of a shorter text the whole."""
    words = [folded(token) for token in tokens_of(text)]
    return (
        frozenset(tuple(words[start : start + SHINGLE]) for start in range(max(len(words) - SHINGLE + 1, 1)))
        if words
        else frozenset()
    )


def likeness(one: frozenset, other: frozenset) -> float:
    """Jaccard's measure of two sets of shingles, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def features(text: str) -> frozenset[str]:
    """What the classifier looks at: lemmas, and that there are links and long numbers."""
    found = {min(keys_of_word(token)) for token in tokens_of(LINK.sub(" ", text)) if not token.isdigit()}
    found |= {"<link>"} if LINK.search(text) else set()
    return frozenset(found | ({"<liczba>"} if re.search(r"\d{5,}", text) else set()))


def train(spam: Iterable[str], fine: Iterable[str]) -> Classifier:
    """A classifier out of texts that people judged."""
    counts: list[Counter[str]] = [Counter(), Counter()]
    sizes = [0, 0]
    for place, texts in enumerate((spam, fine)):
        for text in texts:
            counts[place].update(features(text))
            sizes[place] += 1
    return Classifier(counts[0], counts[1], sizes[0], sizes[1])


def spam_chance(classifier: Classifier, text: str) -> tuple[float, list[str]]:
    """How likely a text is spam, 0 to 1, and the words that say so most; 0 while it has seen too little."""
    if min(classifier.spam_texts, classifier.fine_texts) < ENOUGH:
        return 0.0, []
    odds, told = 0.0, []
    for word in sorted(features(text)):
        step = math.log((classifier.spam[word] + 1) / (classifier.spam_texts + 2))
        step -= math.log((classifier.fine[word] + 1) / (classifier.fine_texts + 2))
        odds += step
        told.append((step, word))
    words = [word for step, word in sorted(told, reverse=True)[:TOLD] if step > 0]
    return 1 / (1 + math.exp(-max(min(odds, 50), -50))), words


def assess(
    text: str, *, banned: Iterable[Banned] = (), recent: int = 0, own: Iterable[str] = (), spam: Iterable[str] = (),
    classifier: Classifier | None = None,
) -> list[Signal]:  # fmt: skip
    """Signals of a text. `recent`: things of the author in the last ten minutes; `own`: their earlier texts; `spam`: known spam."""
    found = [Signal("banned", each.weight, each.words) for each in banned_in(text, banned)]
    links = len(LINK.findall(text))
    if links:
        found.append(Signal("links", {1: 10, 2: 30}.get(links, 55), str(links)))
    found += _form_of(text)
    if recent >= 3:
        found.append(Signal("haste", 20 if recent < 6 else 45, str(recent)))
    found += _likenesses(text, own, spam)
    chance, words = spam_chance(classifier or Classifier(), text)
    if chance >= 0.7:
        found.append(Signal("classifier", round((chance - 0.5) * 140), ", ".join(words)))
    return found


def _form_of(text: str) -> list[Signal]:
    words = Counter(folded(token) for token in tokens_of(LINK.sub(" ", text)))
    repeated = [word for word, count in words.items() if count >= 5 and count * 3 >= words.total()]
    letters = [letter for letter in text if letter.isalpha()]
    found = [Signal("repetition", 25, repeated[0] if repeated else "")] if repeated or LONG_RUN.search(text) else []
    if len(letters) >= 20 and sum(letter.isupper() for letter in letters) > 0.6 * len(letters):
        found.append(Signal("shouting", 10))
    return found


def _likenesses(text: str, own: Iterable[str], spam: Iterable[str]) -> list[Signal]:
    mine = shingles(text)
    like = max((likeness(mine, shingles(each)) for each in spam), default=0.0)
    found = [Signal("like_spam", round(40 + 50 * like), f"{round(like * 100)}%")] if like >= LIKE_FROM else []
    if any(likeness(mine, shingles(each)) >= 0.9 for each in own):
        found.append(Signal("copy", 35))
    return found


def score(found: Iterable[Signal]) -> int:
    """The risk of 100: each signal takes its share of what the others left, so more signals never make it less."""
    left = 1.0
    for each in found:
        left *= 1 - min(each.weight, 100) / 100
    return min(100, max(0, round((1 - left) * 100)))
