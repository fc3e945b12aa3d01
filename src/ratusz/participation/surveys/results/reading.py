"""Reads of results: groups apart, never mixed; who may see them when; the pair of questions beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ratusz.foundation.territory.models import District
from ratusz.participation.surveys import queries
from ratusz.participation.surveys.models import Answer, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.wording import value_words
from ratusz.participation.surveys.results.gate import Shown
from ratusz.participation.surveys.results.places import DistrictFinder, coded, finder_for
from ratusz.participation.surveys.results.tables import ResultTable, crossed, table_of
from ratusz.participation.surveys.results.tally import cross, merged_items, tally

AT_ONCE = 2000


@dataclass(frozen=True)
class GroupResults:
    """All tables of one group of respondents; the name is "" where nothing parts them."""

    name: str
    answers: int
    tables: list[ResultTable]


def are_public(survey: Survey, at: datetime) -> bool:
    """Whether anybody may see the results: it is over and every paper card is typed, so the numbers change no more."""
    return survey.is_over(at) and not any(batch.left for batch in queries.paper_of(survey))


def items_of(survey: Survey) -> list[c.Item]:
    """Questions of all published versions, the newest wording first."""
    versions = survey.versions.exclude(published_at=None).order_by("-number")
    return merged_items(versions.values_list("content", flat=True))


def _streamed(found: QuerySet[Answer]) -> Iterator[dict[str, Any]]:
    return found.order_by().values_list("content", flat=True).iterator(AT_ONCE)


def results(survey: Survey, channel: str = "") -> list[GroupResults]:
    """Every question of every group; `channel` narrows to one way of answering."""
    items, names = items_of(survey), districts()
    finder, found = finder_for(items), []
    for group in groups_of(survey, items):
        answers = Answer.objects.filter(survey=survey, group=group)
        answers = answers.filter(channel=channel) if channel else answers
        counted = tally(items, coded(items, _streamed(answers), finder))
        shown = [
            _with_doubt(table_of(each, number, survey.smallest_cell, names), each.item, finder)
            for number, each in enumerate(counted.values(), 1)
            if each.item.get("measures") != "group"
        ]
        found.append(GroupResults(_group_name(items, group), answers.count(), shown))
    return found


def _with_doubt(table: ResultTable, item: c.Item, finder: DistrictFinder | None) -> ResultTable:
    """A table of marked places says so where it is only roughly known in which district they lie."""
    if finder is None or not finder.is_approximate or item["kind"] != c.MAP or not any(line.district for line in table.lines):
        return table
    rough = _("The districts are approximate: the city has not given their exact borders yet.")
    return replace(table, notes=(*table.notes, rough))


def groups_of(survey: Survey, items: list[c.Item]) -> list[str]:
    """Groups somebody answered in, in the order in which the question offers them; "" where nothing parts them."""
    asked = next((item for item in items if item.get("measures") == "group"), None)
    order = c.choice_codes(asked) if asked else []
    found = queries.counts_by_group(survey)
    return [code for code in order if code in found] + sorted(code for code in found if code not in order)


def districts() -> dict[str, str]:
    """Number of each district, as answers hold it, to its name."""
    return {str(number): name for number, name in District.objects.order_by("number").values_list("number", "name")}


def _group_name(items: list[c.Item], group: str) -> str:
    asked = next((item for item in items if item.get("measures") == "group"), None)
    return value_words(asked, group, "pl") if asked and group else group


@dataclass(frozen=True)
class Crossed:
    """Two questions beside each other: words of rows and columns, and people; base is everybody who answered both."""

    base: int
    rows: list[str]
    columns: list[str]
    counts: list[list[Shown]]


def beside(survey: Survey, first: c.Item, second: c.Item, group: str) -> Crossed:
    """People of one group by their choices in two questions."""
    counts = cross(first["code"], second["code"], _streamed(Answer.objects.filter(survey=survey, group=group)))
    rows, columns = c.choice_codes(first), c.choice_codes(second)
    table = crossed(rows, columns, counts, survey.smallest_cell)
    words = [[value_words(item, code, "pl") for code in codes] for item, codes in ((first, rows), (second, columns))]
    return Crossed(sum(counts.values()), *words, table)
