"""Waves of a series compared by the keys of questions; another wording breaks the comparison until somebody says it is the same."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ratusz.participation.surveys.research.content import Answer, Cut, Question, same

Said = Mapping[tuple[int, str], tuple[str, bool]]
"""(number of the wave, key) to the fingerprint of both wordings and whether they ask the same."""


@dataclass(frozen=True)
class Wave:
    """One wave: its number, what it is called, whether people were drawn by lot, and its questions by key."""

    pk: int
    label: str
    is_drawn: bool
    questions: Mapping[str, Question]


@dataclass(frozen=True)
class Column:
    """A wave in the trend of one question. `is_reworded`: worded otherwise than before, and confirmed to ask the same."""

    label: str
    base: int
    is_reworded: bool


@dataclass(frozen=True)
class Row:
    """One answer: what each wave said (None: not offered there), percentage points between the last two, and their margin.

    `difference` is None where either share is hidden or missing; `margin` where either wave was not drawn by lot.
    """

    text: str
    answers: tuple[Answer | None, ...]
    difference: float | None
    margin: float | None

    @property
    def is_within_margin(self) -> bool:
        """Whether chance alone may explain the difference."""
        return self.margin is not None and self.difference is not None and abs(self.difference) <= self.margin


@dataclass(frozen=True)
class Trend:
    """One question over two waves or more, in the newest wording."""

    key: str
    text: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Pair:
    """A question worded otherwise than in the wave before. `is_same` is None until somebody says it."""

    wave: Wave
    before: Wave
    key: str
    wordings: str
    is_same: bool | None

    @property
    def now(self) -> Question:
        return self.wave.questions[self.key]

    @property
    def then(self) -> Question:
        return self.before.questions[self.key]


def under_one_key(asked: Sequence[Mapping[str, Question]], joined: Sequence[Mapping[str, str]]) -> list[dict[str, Question]]:
    """Questions of each wave by the key under which the series knows them; the oldest wave first.

    `joined`: of each wave, the key it gave a question to the key of that question before. What a wave joined holds for the waves
    after it too; a question that a wave asks under its own old key is never pushed aside.
    """
    known: dict[str, str] = {}
    found = []
    for questions, own in zip(asked, joined, strict=True):
        taken = set(own.values())
        known = {new: old for new, old in known.items() if old not in taken} | dict(own)
        renamed = {new: old for new, old in known.items() if old not in questions}
        found.append({renamed.get(key, key): question for key, question in questions.items()})
    return found


def to_join(waves: Sequence[Wave], pk: int) -> tuple[dict[str, Question], dict[str, Question]]:
    """Questions of a wave that no earlier one asked, and those of earlier ones, newest wording, that it did not ask."""
    number = next((place for place, wave in enumerate(waves) if wave.pk == pk), 0)
    earlier = {key: question for wave in waves[:number] for key, question in _comparable(wave)}
    own = dict(_comparable(waves[number])) if waves else {}
    new = {key: each for key, each in own.items() if key not in earlier}
    return new, {key: each for key, each in earlier.items() if key not in waves[number].questions} if waves else {}


def fingerprint(then: Question, now: Question) -> str:
    """Of both wordings with their answers; spaces, capitals and the order of answers make no other wording."""
    return hashlib.sha256("\x1f".join([*_wording(then), "\x1e", *_wording(now)]).encode()).hexdigest()


def _wording(question: Question) -> list[str]:
    whole = question.whole
    answers = sorted(same(each.text) for each in whole.answers) if whole else []
    return [same(question.text), *answers]


def is_worded_alike(then: Question, now: Question) -> bool:
    """Whether both ask in the same words and offer the same answers."""
    return _wording(then) == _wording(now)


def pairs(waves: Sequence[Wave], said: Said) -> list[Pair]:
    """Questions worded otherwise than in the last wave that asked them; `waves` the oldest first."""
    found, last = [], dict[str, Wave]()
    for wave in waves:
        for key, question in _comparable(wave):
            before = last.get(key)
            if before is not None and not is_worded_alike(before.questions[key], question):
                print_of_both = fingerprint(before.questions[key], question)
                kept, is_same = said.get((wave.pk, key), ("", False))
                found.append(Pair(wave, before, key, print_of_both, is_same if kept == print_of_both else None))
            last[key] = wave
    return found


def _comparable(wave: Wave) -> Iterable[tuple[str, Question]]:
    return ((key, each) for key, each in wave.questions.items() if each.whole is not None)


def trends(waves: Sequence[Wave], said: Said) -> list[Trend]:
    """Each question over the longest run of waves that may be compared; a run of one wave is no trend. Newest questions first."""
    judged = {(pair.wave.pk, pair.key): bool(pair.is_same) for pair in pairs(waves, said)}
    runs: dict[str, list[list[tuple[Wave, bool]]]] = {}
    for wave in waves:
        for key, _question in _comparable(wave):
            is_other = (wave.pk, key) in judged
            mine = runs.setdefault(key, [])
            if not mine or is_other and not judged[wave.pk, key]:
                mine.append([])
            mine[-1].append((wave, is_other))
    order = [key for wave in reversed(waves) for key, _question in _comparable(wave)]
    return [_trend(key, run) for key in dict.fromkeys(order) for run in reversed(runs[key]) if len(run) > 1]


def _trend(key: str, run: Sequence[tuple[Wave, bool]]) -> Trend:
    cuts = [_whole(wave, key) for wave, _is_other in run]
    columns = tuple(
        Column(wave.label, cut.base, bool(number) and is_other)
        for number, ((wave, is_other), cut) in enumerate(zip(run, cuts, strict=True))
    )
    words = {same(each.text): each.text for cut in cuts for each in cut.answers}
    order = dict.fromkeys(same(each.text) for cut in reversed(cuts) for each in cut.answers)
    both_drawn = run[-1][0].is_drawn and run[-2][0].is_drawn
    rows = tuple(_row(words[each], [_answer(cut, each) for cut in cuts], cuts, both_drawn) for each in order)
    return Trend(key, run[-1][0].questions[key].text, columns, rows)


def _whole(wave: Wave, key: str) -> Cut:
    whole = wave.questions[key].whole
    assert whole is not None
    return whole


def _answer(cut: Cut, key: str) -> Answer | None:
    return next((each for each in cut.answers if same(each.text) == key), None)


def _row(text: str, answers: list[Answer | None], cuts: Sequence[Cut], both_drawn: bool) -> Row:
    now, then = answers[-1], answers[-2]
    if now is None or then is None or now.percent is None or then.percent is None:
        return Row(text, tuple(answers), None, None)
    margin = margin_of_difference(then.percent, cuts[-2].base, now.percent, cuts[-1].base) if both_drawn else None
    return Row(text, tuple(answers), now.percent - then.percent, margin)


def margin_of_difference(then: float, base_then: int, now: float, base_now: int) -> float:
    """Half the width, in percentage points, of the 95 % interval of the difference of two shares (per cent), both drawn by lot.

    Two samples of 1,000 with shares about 50 % give 4.4. Shares of 0 and 100 % give no width of their own.
    """
    spread = sum(share / 100 * (1 - share / 100) / base for share, base in ((then, base_then), (now, base_now)))
    return 100 * 1.96 * math.sqrt(spread)
