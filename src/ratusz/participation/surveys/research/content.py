"""Results of research as questions with their answers by cut; small groups hidden, whoever counted them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.results import reading
from ratusz.participation.surveys.results.gate import Shown, hidden_alone, hidden_in_sum
from ratusz.participation.surveys.results.tables import ResultTable

WHOLE = ""
"""Name of the cut that holds everybody."""


@dataclass(frozen=True)
class Answer:
    """One answer: people (None: not told) and per cent of the base (None: not told). Both are None for what is hidden."""

    text: str
    people: int | None
    percent: float | None
    is_hidden: bool = False


@dataclass(frozen=True)
class Cut:
    """Everybody (WHOLE) or a group: how many answered the question, and their answers."""

    name: str
    base: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Question:
    """One question with its cuts. `is_multiple`: several answers could be chosen."""

    key: str
    text: str
    is_multiple: bool
    cuts: tuple[Cut, ...]

    @property
    def whole(self) -> Cut | None:
        """The cut that holds everybody."""
        return next((cut for cut in self.cuts if cut.name == WHOLE), None)


def same(text: str) -> str:
    """What two wordings have in common when only spaces and capitals part them."""
    return " ".join(text.casefold().split())


def questions_of(content: Mapping[str, Any], least: int) -> list[Question]:
    """Questions of results that a file brought; groups and answers of fewer people than `least` are hidden."""
    return [
        Question(each["key"], each["text"], each["multiple"], tuple(_cut(cut, each["multiple"], least) for cut in each["cuts"]))
        for each in content["questions"]
    ]


def _cut(cut: Mapping[str, Any], is_multiple: bool, least: int) -> Cut:
    base, answers = cut["base"], cut["answers"]
    if base < least:
        return Cut(cut["name"], base, tuple(Answer(text, None, None, True) for text, _people, _percent in answers))
    counts = [people if people is not None else round(percent * base / 100) for _text, people, percent in answers]
    shown = (hidden_alone if is_multiple else hidden_in_sum)(counts, least)
    return Cut(cut["name"], base, tuple(_answer(each, base, count) for each, count in zip(answers, shown, strict=True)))


def _answer(answer: Sequence[Any], base: int, shown: Shown) -> Answer:
    text, people, percent = answer
    if shown is None:
        return Answer(text, None, None, True)
    return Answer(text, people, percent if percent is not None else 100 * people / base)


def questions_of_survey(survey: Survey) -> list[Question]:
    """Questions of a survey of this program as its own results tell them: the same gate, nothing typed again.

    Only those that somebody answered and whose answers stand in one column; each group of respondents is a cut, for groups are
    never mixed.
    """
    found: dict[str, list[tuple[str, ResultTable]]] = {}
    for group in reading.results(survey):
        for table in group.tables:
            if table.base and table.lines and len(table.columns) == 1:
                found.setdefault(table.code, []).append((group.name, table))
    multiple = {item["code"] for item in reading.items_of(survey) if item["kind"] == "multiple"}
    return [
        Question(code, tables[0][1].text, code in multiple, tuple(_of_table(name, table) for name, table in tables))
        for code, tables in found.items()
    ]


def _of_table(name: str, table: ResultTable) -> Cut:
    answers = [
        Answer(line.label, count, None if count is None else 100 * count / table.base, count is None)
        for line in table.lines for count in line.counts
    ]  # fmt: skip
    return Cut(name, table.base, tuple(answers))
