"""What both answers and tables of people tell of somebody: age, sex, district; each with its classes and how many live in each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.words import search_key
from ratusz.foundation.territory.models import RegisteredCount
from ratusz.participation.surveys import terms
from ratusz.participation.surveys.models import PopulationCount, PopulationTable, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.results.ages import Ages, ages_of, shared
from ratusz.participation.surveys.results.reading import items_of

DISTRICT, AGE, SEX = "district", "age", "sex"
TITLES = {DISTRICT: gettext_lazy("District"), AGE: gettext_lazy("Age"), SEX: gettext_lazy("Sex")}


@dataclass(frozen=True)
class Trait:
    """One trait: the question that asks it, code of an answer to its words, and code to how many people there are."""

    name: str
    item: c.Item
    labels: dict[str, str]
    people: dict[str, int]
    day: date
    source: str
    note: str = ""

    @property
    def title(self) -> str:
        return str(TITLES[self.name])

    def code_of(self, answer: Mapping[str, Any]) -> str:
        """The class of somebody by their answer; "" where it is not told or lives in no class."""
        value = answer.get(self.item["code"])
        code = "" if value is None or isinstance(value, (dict, list)) else str(value)
        return code if code in self.people else ""


@dataclass(frozen=True)
class Known:
    """The table of people that holds for a survey, read once."""

    table: PopulationTable
    counts: list[PopulationCount]
    youngest: int

    def of(self, counts: list[PopulationCount], ages: Ages | None = None) -> int:
        """People among these counts of those ages, from the youngest that is compared on."""
        first, last = ages or (0, None)
        inside = (max(first, self.youngest), last)
        return round(sum(each.people * shared(inside, (each.age_from, each.age_to)) for each in counts))


def traits_of(survey: Survey, at: datetime, among: Collection[int] | None = None) -> list[Trait]:
    """District, age and sex in this order, where the survey asks and somebody's number is known; none where nothing is.

    `among`: numbers of the districts that were asked. Only their people count, and one alone has nothing to be compared with.
    """
    items, known = items_of(survey), _narrowed(known_for(survey, at), among)
    asked = {name: _asked(items, name) for name in (DISTRICT, AGE, SEX)}
    made = [
        _districts(asked[DISTRICT], known, among) if asked[DISTRICT] else None,
        _ages(asked[AGE], known) if asked[AGE] and known else None,
        _sexes(asked[SEX], known) if asked[SEX] and known else None,
    ]
    return [each for each in made if each is not None and sum(each.people.values())]


def _narrowed(known: Known | None, among: Collection[int] | None) -> Known | None:
    """The table with the rows of those districts alone; None where it does not part the city so."""
    if known is None or among is None:
        return known
    counts = [each for each in known.counts if each.district and each.district.number in among]
    return replace(known, counts=counts) if counts else None


def known_for(survey: Survey, at: datetime) -> Known | None:
    """The newest table whose day is not after the end of the survey; the oldest where all are later."""
    ends = min(survey.ends_at or at, at)
    tables = PopulationTable.objects.all()
    table = tables.filter(day__lte=local_day(ends)).first() or tables.last()
    if table is None:
        return None
    return Known(table, list(table.counts.select_related("district")), terms.term("population_from_age", at))


def _asked(items: list[c.Item], name: str) -> c.Item | None:
    """The question that measures it; a question about the district does so by its kind."""
    found = [item for item in items if item.get("measures") == name and item["kind"] in (c.SINGLE, c.DISTRICT)]
    if name == DISTRICT:
        found = [item for item in items if item["kind"] == c.DISTRICT]
    return found[0] if found else None


def _districts(item: c.Item, known: Known | None, among: Collection[int] | None) -> Trait | None:
    by_district: dict[int, list[PopulationCount]] = {}
    for each in known.counts if known else ():
        if each.district is not None:
            by_district.setdefault(each.district.number, []).append(each)
    if known and by_district:
        labels = {str(each.district.number): each.district.name for each in known.counts if each.district}
        people = {str(number): known.of(counts) for number, counts in sorted(by_district.items())}
        found = Trait(DISTRICT, item, labels, people, known.table.day, known.table.source, _from_age(known))
        return found if among is None or len(people) > 1 else None
    rows = [row for row in registered() if among is None or row.district.number in among]
    if len(rows) < (1 if among is None else 2):
        return None
    labels = {str(row.district.number): row.district.name for row in rows}
    people = {str(row.district.number): row.people for row in rows}
    return Trait(DISTRICT, item, labels, people, max(row.day for row in rows), rows[0].source)


def registered() -> list[RegisteredCount]:
    """The newest count of every district."""
    rows = RegisteredCount.objects.select_related("district").order_by("district__number", "-day").distinct("district__number")
    return list(rows)


def _of_the_city(known: Known) -> list[PopulationCount]:
    """Rows of the city; those of all districts together where it has none."""
    return [each for each in known.counts if each.district_id is None] or known.counts


def _ages(item: c.Item, known: Known) -> Trait | None:
    """None where an answer names no years, for then nobody can say who is missing."""
    read = {each["code"]: ages_of(c.text_of(each["text"], "pl")) for each in item.get("choices", ())}
    years = {code: ages for code, ages in read.items() if ages is not None}
    if not years:
        return None
    city = _of_the_city(known)
    people = {code: known.of(city, ages) for code, ages in years.items()}
    labels = {each["code"]: c.text_of(each["text"], "pl") for each in item["choices"] if each["code"] in years}
    note = _from_age(known)
    if _cuts(years, city):
        note += " " + _("Where an age group of the table lies in two answers, its people are divided equally by years.")
    return Trait(AGE, item, labels, people, known.table.day, known.table.source, note)


def _cuts(years: Mapping[str, Ages], city: list[PopulationCount]) -> bool:
    """Whether an answer divides an age group of the table."""
    return any(0 < shared(ages, (each.age_from, each.age_to)) < 1 for ages in years.values() for each in city)


def _sexes(item: c.Item, known: Known) -> Trait | None:
    city = _of_the_city(known)
    people, labels = {}, {}
    for each in item.get("choices", ()):
        words = c.text_of(each["text"], "pl")
        sex = sex_of(words)
        if sex:
            people[each["code"]] = known.of([count for count in city if count.sex == sex])
            labels[each["code"]] = words
    return Trait(SEX, item, labels, people, known.table.day, known.table.source, _from_age(known)) if len(people) == 2 else None


def sex_of(words: str) -> str:
    """ "k" or "m" by the Polish words of an answer; "" for any other."""
    plain = search_key(words)
    return "k" if plain.startswith(("kobiet", "k ")) or plain == "k" else "m" if plain.startswith("mezczy") or plain == "m" else ""


def _from_age(known: Known) -> str:
    return _("People from the age of %(age)s on.") % {"age": known.youngest}
