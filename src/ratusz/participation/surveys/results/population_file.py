"""A table of the statistics office read into numbers of people by age, sex and district; every fault has its row and column.

Two shapes are taken: a row for each age and sex (wiek, płeć, liczba), and a row for each age with men and women beside each other
(wiek, mężczyźni, kobiety). The column "dzielnica" is there where the table parts the city.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.table_files import Formula, TableRefused, lines
from ratusz.foundation.kit.words import grouped, search_key
from ratusz.foundation.territory.models import District
from ratusz.participation.surveys.questions.values import as_number
from ratusz.participation.surveys.results.ages import Ages, ages_of
from ratusz.participation.surveys.rules import SurveyRefused

AGE, SEX, NUMBER, MEN, WOMEN, ALL, DISTRICT = "wiek", "płeć", "liczba", "mężczyźni", "kobiety", "ogółem", "dzielnica"
"""Headings are the file's own names, the same in every language of the screens."""
COLUMNS = (DISTRICT, AGE, SEX, NUMBER, MEN, WOMEN, ALL)
WHOLE = ("ogółem", "razem", "suma", "miasto", "całe miasto")
SEXES = {"k": "k", "kobieta": "k", "kobiety": "k", "m": "m", "mezczyzna": "m", "mezczyzni": "m", "": "", "ogolem": "", "razem": ""}
MOST_ROWS, MOST_PEOPLE = 20_000, 50_000_000


@dataclass(frozen=True)
class People:
    """How many people of an age and a sex ("" for both) live in a district (None: the city), and the row that says so."""

    district: District | None
    sex: str
    ages: Ages
    people: int
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which row and column; column "" is of the whole row."""

    line: int
    column: str
    words: str


@dataclass
class Found:
    """What the file says; with faults nothing of it may be written."""

    people: list[People] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def in_all(self) -> int:
        """People of the city: of its own rows, or of all districts together."""
        city = [each.people for each in self.people if each.district is None]
        return sum(city or [each.people for each in self.people])


class _Wrong(Exception):
    def __init__(self, column: str, words: str):
        super().__init__(words)
        self.column, self.words = column, words


def read(content: bytes) -> Found:
    """All rows, good and bad. Raises SurveyRefused for what is no table, lacks columns or has no row."""
    found, districts = Found(), _districts()
    try:
        rows = lines(content, MOST_ROWS)
        columns = _columns(next(rows, (1, []))[1])
        for number, cells in rows:
            texts = {name: cells[place] if place < len(cells) else None for name, place in columns.items()}
            if any(_text(each) for each in texts.values()):
                _take(found, number, texts, districts)
    except TableRefused as refusal:
        raise SurveyRefused(str(refusal)) from refusal
    if not found.people and not found.faults:
        raise SurveyRefused(_("The table has a heading and no rows. Each age group stands in a row of its own."))
    refused = {each.line for each in found.faults}
    found.faults += dict.fromkeys([*_uneven(found.people, refused), *_too_many(found)])
    found.faults.sort(key=lambda each: each.line)
    return found


def _districts() -> dict[str, District]:
    found: dict[str, District] = {}
    for each in District.objects.all():
        found |= {str(each.number): each, search_key(each.pool_code): each, search_key(each.name): each}
    return found


def _columns(head: list[Any]) -> dict[str, int]:
    places = {search_key(_text(cell)): place for place, cell in reversed(list(enumerate(head)))}
    columns = {name: places[search_key(name)] for name in COLUMNS if search_key(name) in places}
    if AGE not in columns or not ({NUMBER, ALL} & set(columns) or {MEN, WOMEN} <= set(columns)):
        words = _("The first row has to name the columns: “wiek” and “liczba”, or “wiek”, “mężczyźni” and “kobiety”.")
        raise SurveyRefused(words + " " + _("Take our empty file as the pattern."))
    return columns


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).replace("\x00", "").split())


def _take(found: Found, line: int, cells: Mapping[str, Any], districts: Mapping[str, District]) -> None:
    try:
        for name, value in cells.items():
            if isinstance(value, Formula):
                raise _Wrong(name, _("The cell holds a formula. Paste the value alone."))
        if search_key(_text(cells[AGE])) in map(search_key, WHOLE):
            return
        ages = ages_of(_text(cells[AGE]))
        if ages is None:
            raise _Wrong(AGE, _("Write an age group such as 20–24 or “85 i więcej”."))
        where = _district(_text(cells.get(DISTRICT)), districts)
        found.people += [People(where, sex, ages, people, line) for sex, people in _numbers(cells)]
    except _Wrong as wrong:
        found.faults.append(Fault(line, wrong.column, wrong.words))


def _district(text: str, districts: Mapping[str, District]) -> District | None:
    plain = search_key(text).removesuffix(".0")
    if not plain or plain in map(search_key, WHOLE):
        return None
    if plain not in districts:
        raise _Wrong(DISTRICT, _("There is no district “%(name)s”. Write its number or its name.") % {"name": text[:60]})
    return districts[plain]


def _numbers(cells: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Sex and people of one row."""
    if MEN in cells and WOMEN in cells:
        men, women = _whole(cells, MEN), _whole(cells, WOMEN)
        if ALL in cells and _text(cells[ALL]) and _whole(cells, ALL) != men + women:
            words = _("Men and women together are %(sum)s, and this column says %(all)s.")
            raise _Wrong(ALL, words % {"sum": grouped(men + women), "all": grouped(_whole(cells, ALL))})
        yield from (("m", men), ("k", women))
        return
    sex = search_key(_text(cells.get(SEX)))
    if sex not in SEXES:
        raise _Wrong(SEX, _("Write K for women or M for men."))
    yield SEXES[sex], _whole(cells, NUMBER if NUMBER in cells else ALL)


def _whole(cells: Mapping[str, Any], name: str) -> int:
    value = cells[name]
    number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else as_number(_text(value))
    # A workbook can hold numbers without an end.
    if number is None or not 0 <= number <= MOST_PEOPLE or number != int(number):
        raise _Wrong(name, _("People are counted in whole numbers from 0."))
    return int(number)


def _uneven(people: list[People], refused: set[int]) -> Iterator[Fault]:
    """Age groups of one district and sex that overlap, or leave out ages between them; not where a row between was refused."""
    apart: dict[tuple[int, str], list[People]] = {}
    for each in people:
        apart.setdefault((each.district.pk if each.district else 0, each.sex), []).append(each)
    if len({sex for _district, sex in apart}) > 1 and any(not sex for _district, sex in apart):
        yield Fault(people[0].line, SEX, _("Some rows part women and men and some do not. Keep one of the two."))
    for group in apart.values():
        group.sort(key=lambda each: each.ages[0])
        for one, other in zip(group, group[1:], strict=False):
            yield from _between(one, other, refused)


def _too_many(found: Found) -> Iterator[Fault]:
    """More people than any city has: a column of something else was taken for numbers of people."""
    if found.in_all > MOST_PEOPLE:
        words = _("All rows together make %(people)s people, more than a city has. Look at the columns with the numbers.")
        yield Fault(found.people[0].line, "", words % {"people": grouped(found.in_all)})


def _between(one: People, other: People, refused: set[int]) -> Iterator[Fault]:
    last = one.ages[1]
    if last is None or other.ages[0] <= last:
        yield Fault(other.line, AGE, _("This age group overlaps the one in row %(row)s.") % {"row": one.line})
    elif other.ages[0] > last + 1 and not any(line in refused for line in range(one.line + 1, other.line)):
        words = _("Ages from %(first)s to %(last)s are missing before this row.")
        yield Fault(other.line, AGE, words % {"first": last + 1, "last": other.ages[0] - 1})
