"""The table in which an agency hands results in: read with every fault named by row and column, and written the same way back."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.table_files import Formula, TableRefused, lines
from ratusz.foundation.kit.words import decimal_comma, grouped, search_key
from ratusz.participation.surveys.research.content import WHOLE, same
from ratusz.participation.surveys.research.rules import ResearchRefused

COLUMNS = ("klucz", "pytanie", "rodzaj", "odpowiedź", "liczba", "procent", "przekrój", "podstawa")
"""Headings are the file's own names, the same in every language of the screens."""
KEY, TEXT, KIND, ANSWER, PEOPLE, PERCENT, CUT, BASE = COLUMNS
NEEDED = (KEY, TEXT, ANSWER, BASE)
ONE, SEVERAL = "jedna", "wiele"
EVERYBODY = ("ogółem", "razem", "wszyscy")
MOST_ROWS, MOST_PEOPLE, MOST_IN_A_CELL = 20_000, 10_000_000, 1e12
APART = 10.0
"""Percentage points by which weights may part a share from the plain count; further it is a slip."""
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,9})?")


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which row and column; column "" is of the whole row."""

    line: int
    column: str
    words: str


@dataclass
class Found:
    """What a file says: questions as `content` keeps them, rows, and faults."""

    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        return {"questions": [_plain(each) for each in self.questions.values()]}


class _Wrong(Exception):
    def __init__(self, column: str, words: str):
        super().__init__(words)
        self.column, self.words = column, words


def read(content: bytes) -> Found:
    """All rows, good and bad. Raises ResearchRefused for what is no table, lacks columns or has no row."""
    found = Found()
    try:
        rows = lines(content, MOST_ROWS)
        columns = _columns(next(rows, (1, []))[1])
        for number, cells in rows:
            texts = {name: cells[place] if place < len(cells) else None for name, place in columns.items()}
            if any(_text(each) for each in texts.values()):
                found.rows += 1
                _take(found, number, texts)
    except TableRefused as refusal:
        raise ResearchRefused(str(refusal)) from refusal
    if not found.rows:
        raise ResearchRefused(_("The table has a heading and no rows. Each answer stands in a row of its own."))
    found.faults += _sums(found)
    found.faults.sort(key=lambda each: each.line)
    return found


def _columns(head: list[Any]) -> dict[str, int]:
    places = {search_key(_text(cell)): place for place, cell in reversed(list(enumerate(head)))}
    columns = {name: places[search_key(name)] for name in COLUMNS if search_key(name) in places}
    missing = [name for name in NEEDED if name not in columns]
    if PEOPLE not in columns and PERCENT not in columns:
        missing.append(_("%(first)s or %(second)s") % {"first": PEOPLE, "second": PERCENT})
    if missing:
        words = _("The first row has to name the columns. Missing: %(names)s. Take our empty file as the pattern.")
        raise ResearchRefused(words % {"names": ", ".join(missing)})
    return columns


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).replace("\x00", "").split())


def _take(found: Found, line: int, cells: dict[str, Any]) -> None:
    """One row to where it belongs, or its fault."""
    try:
        for name, value in cells.items():
            if isinstance(value, Formula):
                raise _Wrong(name, _("The cell holds a formula. Paste the value alone."))
        question = _question(found, line, cells)
        cut = _cut(question, line, cells)
        answer = _words(cells, ANSWER, 300)
        if earlier := cut["lines"].get(same(answer)):
            raise _Wrong(ANSWER, _("This answer stands in row %(row)s already.") % {"row": earlier})
        cut["answers"].append([answer, *_numbers(cells, cut["base"])])
        cut["lines"][same(answer)] = line
    except _Wrong as wrong:
        found.faults.append(Fault(line, wrong.column, wrong.words))


def _words(cells: dict[str, Any], name: str, longest: int) -> str:
    text = _text(cells.get(name))
    if not text:
        raise _Wrong(name, _("Nothing stands here."))
    if len(text) > longest:
        raise _Wrong(name, _("The text is longer than %(most)s characters.") % {"most": longest})
    return text


def _question(found: Found, line: int, cells: dict[str, Any]) -> dict[str, Any]:
    key = _words(cells, KEY, 60).removesuffix(".0")
    if not _KEY.fullmatch(key):
        raise _Wrong(KEY, _("A key is made of letters without accents, digits, dots and hyphens, such as P1."))
    text, is_multiple = _words(cells, TEXT, 500), _kind(_text(cells.get(KIND)))
    known = found.questions.setdefault(key, {"key": key, "text": text, "multiple": is_multiple, "cuts": {}, "line": line})
    if known["text"] != text:
        raise _Wrong(TEXT, _("In row %(row)s this key has another wording. One key is one question.") % {"row": known["line"]})
    if known["multiple"] != is_multiple:
        raise _Wrong(KIND, _("In row %(row)s this question is of the other kind.") % {"row": known["line"]})
    return known


def _kind(text: str) -> bool:
    word = search_key(text).partition(" ")[0]
    if word not in ("", ONE, SEVERAL):
        raise _Wrong(KIND, _("Write “%(one)s” or “%(several)s”.") % {"one": ONE, "several": SEVERAL})
    return word == SEVERAL


def _cut(question: dict[str, Any], line: int, cells: dict[str, Any]) -> dict[str, Any]:
    name = _text(cells.get(CUT))[:120]
    name = WHOLE if search_key(name) in map(search_key, EVERYBODY) else name
    base = _whole(cells, BASE)
    if not base:
        raise _Wrong(BASE, _("Write how many people answered the question: a whole number from 1."))
    known = question["cuts"].setdefault(name, {"name": name, "base": base, "answers": [], "lines": {}, "line": line})
    if known["base"] != base:
        raise _Wrong(BASE, _("In row %(row)s the base of the same question is another one.") % {"row": known["line"]})
    return known


def _numbers(cells: dict[str, Any], base: int) -> tuple[int | None, float | None]:
    people, percent = _whole(cells, PEOPLE), _percent(cells)
    if people is None and percent is None:
        raise _Wrong(PERCENT if PERCENT in cells else PEOPLE, _("Write the number of people or the per cent."))
    if people is not None and people > base:
        words = _("%(people)s people are more than the base %(base)s.")
        raise _Wrong(PEOPLE, words % {"people": grouped(people), "base": grouped(base)})
    if people is not None and percent is not None and abs(100 * people / base - percent) > APART:
        words = _("%(people)s of %(base)s is %(share)s%%, and the file says %(percent)s%%.")
        shares = {"percent": _figure(percent), "share": _figure(100 * people / base)}
        raise _Wrong(PERCENT, words % {"people": grouped(people), "base": grouped(base), **shares})
    return people, percent


def _figure(number: float) -> str:
    return decimal_comma(number, 1)


def _number(cells: dict[str, Any], name: str) -> float | None:
    value = cells.get(name)
    # A workbook can hold "not a number", and numbers without an end.
    if isinstance(value, bool) or (isinstance(value, (int, float)) and not abs(value) < MOST_IN_A_CELL):
        raise _Wrong(name, _("Here stands no number."))
    if isinstance(value, (int, float)) and math.isfinite(value):
        return float(value)
    text = _text(value).removesuffix("%").replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
    if not text:
        return None
    if not text.isascii() or not _NUMBER.fullmatch(text):
        raise _Wrong(name, _("“%(words)s” is no number.") % {"words": _text(value)[:40]})
    return float(text.replace(",", "."))


def _whole(cells: dict[str, Any], name: str) -> int | None:
    number = _number(cells, name)
    if number is None:
        return None
    if number != int(number) or not 0 <= number <= MOST_PEOPLE:
        raise _Wrong(name, _("People are counted in whole numbers from 0."))
    return int(number)


def _percent(cells: dict[str, Any]) -> float | None:
    percent = _number(cells, PERCENT)
    if percent is not None and not 0 <= percent <= 100:
        raise _Wrong(PERCENT, _("%(percent)s is no per cent: it lies between 0 and 100.") % {"percent": _figure(percent)})
    return percent


def _sums(found: Found) -> Iterator[Fault]:
    """Where one answer is chosen, shares make at most a hundred but for rounding, and people at most the base."""
    for question in found.questions.values():
        for cut in () if question["multiple"] else question["cuts"].values():
            last = max(cut["lines"].values(), default=cut["line"])
            shares = [percent for _answer, _people, percent in cut["answers"] if percent is not None]
            rounding = (0.5 if all(each == int(each) for each in shares) else 0.05) * len(shares) + 1e-6
            if sum(shares) > 100 + rounding:
                words = _("Shares of this question make %(sum)s%%, and one answer is chosen. Write “wiele” if several could be.")
                yield Fault(last, PERCENT, words % {"sum": _figure(sum(shares))})
            people = sum(count for _answer, count, _percent in cut["answers"] if count is not None)
            if people > cut["base"]:
                words = _("People of this question make %(sum)s, more than the base %(base)s.")
                yield Fault(last, PEOPLE, words % {"sum": grouped(people), "base": grouped(cut["base"])})


def _plain(question: dict[str, Any]) -> dict[str, Any]:
    """Without what only the reading needs."""
    cuts = [{name: cut[name] for name in ("name", "base", "answers")} for cut in question["cuts"].values()]
    return {"key": question["key"], "text": question["text"], "multiple": question["multiple"], "cuts": cuts}


def rows_of(questions: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    """The heading, then every answer: what `read` reads."""
    yield list(COLUMNS)
    for each in questions:
        for cut in each["cuts"]:
            for answer, people, percent in cut["answers"]:
                kind = SEVERAL if each["multiple"] else ONE
                yield [each["key"], each["text"], kind, answer, people, percent, cut["name"], cut["base"]]


def pattern() -> list[list[Any]]:
    """Our empty file: the heading and an invented question, to be written over."""
    everybody = [["dobrze", 620, 62.0], ["źle", 250, 25.0], ["trudno powiedzieć", 130, 13.0]]
    young = [["dobrze", 180, 64.3], ["źle", 70, 25.0], ["trudno powiedzieć", 30, 10.7]]
    cuts = [{"name": WHOLE, "base": 1000, "answers": everybody}, {"name": "18–34 lata", "base": 280, "answers": young}]
    text = "Jak się Panu/Pani mieszka w mieście? (przykład, do zastąpienia)"
    return list(rows_of([{"key": "P1", "text": text, "multiple": False, "cuts": cuts}]))
