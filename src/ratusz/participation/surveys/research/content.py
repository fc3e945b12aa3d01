"""Results of research as questions with their answers by cut; small groups hidden, whoever counted them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.results import reading
from ratusz.participation.surveys.results.gate import Line, hidden_in_lines
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
    return [Question(each["key"], each["text"], each["multiple"], _cuts(each, least)) for each in content["questions"]]


def _cuts(question: Mapping[str, Any], least: int) -> tuple[Cut, ...]:
    """The groups stand beside everybody and beside one another: what is hidden in one does not follow from the others."""
    cuts, rows = question["cuts"], _rows(question["cuts"])
    counts = {
        (row, place): people_of(answer, cut["base"])
        for place, cut in enumerate(cuts) for row, answer in zip(rows[place], cut["answers"], strict=True)
    }  # fmt: skip
    small = {place for place, cut in enumerate(cuts) if cut["base"] < least}
    rests, lines = _lines(cuts, counts, is_multiple=question["multiple"])
    hidden = hidden_in_lines(counts | rests, lines, least, also=[cell for cell in counts if cell[1] in small])
    return tuple(
        Cut(cut["name"], cut["base"], tuple(
            _answer(answer, cut["base"], is_hidden=place in small or (row, place) in hidden)
            for row, answer in zip(rows[place], cut["answers"], strict=True)
        ))
        for place, cut in enumerate(cuts)
    )  # fmt: skip


def _rows(cuts: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """The number of each answer of each cut: the same answer has the same number in all of them."""
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(same(answer[0]), len(numbers)) for answer in cut["answers"]] for cut in cuts]


def people_of(answer: Sequence[Any], base: int) -> int:
    """How many people gave an answer; from the share where they are not told, and then somebody where it is not nothing."""
    _text, people, percent = answer
    return people if people is not None else max(round(percent * base / 100), int(percent > 0))


Counts = dict[tuple[int, int], int]
REST = -1
"""Columns from here down are nobody's group: everybody but one group, which follows from the two and is never shown."""
NEARLY_ALL = 0.95
"""Groups beside one another in the file that hold so many of everybody are taken to part everybody among them."""


def _lines(cuts: Sequence[Mapping[str, Any]], counts: Counts, *, is_multiple: bool) -> tuple[Counts, list[Line]]:
    """People outside of each group, and what adds up: answers to a group where one is given, groups and these to everybody."""
    columns: dict[int, list[tuple[int, int]]] = {}
    for cell in counts:
        columns.setdefault(cell[1], []).append(cell)
    lines = [] if is_multiple else [Line(tuple(cells)) for cells in columns.values()]
    whole = next((place for place, cut in enumerate(cuts) if cut["name"] == WHOLE), None)
    rests: Counts = {}
    for row, column in columns.get(whole, ()) if whole is not None else ():
        for run in _runs(cuts, cuts[whole]["base"]):
            if parts := tuple((row, place) for place in run if (row, place) in counts):
                lines.append(Line(parts, (row, column)))
        for place in range(len(cuts)):
            left = counts[row, column] - counts.get((row, place), 0)
            if place != whole and (row, place) in counts and left > 0:
                rests[row, REST - place] = left
                lines.append(Line(((row, place), (row, REST - place)), (row, column)))
    return rests, lines


def _runs(cuts: Sequence[Mapping[str, Any]], everybody: int) -> list[list[int]]:
    """Groups that stand beside one another and hold nearly everybody: from each group on, the shortest such run and the longest."""
    groups = [place for place, cut in enumerate(cuts) if cut["name"] != WHOLE]
    found = []
    for start in range(len(groups)):
        held, ends = 0, []
        for end in range(start, len(groups)):
            held += cuts[groups[end]]["base"]
            if held > everybody:
                break
            if held >= NEARLY_ALL * everybody:
                ends.append(end)
        found += [groups[start : end + 1] for end in {*ends[:1], *ends[-1:]} if end > start]
    return found


def _answer(answer: Sequence[Any], base: int, *, is_hidden: bool) -> Answer:
    text, people, percent = answer
    if is_hidden:
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
