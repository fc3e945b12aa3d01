"""Similar projects, found by the base forms of words: in this edition's applications and in the ballots of past ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ratusz.foundation.kit.lemmas import long_lemmas
from ratusz.participation.budget.models import Edition, Project
from ratusz.participation.projects.models import Application

MOST = 6


@dataclass(frozen=True)
class Similar:
    """One project that shares words with what is typed."""

    number: str
    title: str
    url: str
    edition: str
    shared: int


def similar_to(edition: Edition, text: str, *, without: int | None = None) -> list[Similar]:
    """The nearest ones first: those that share the most words, at least two or all that were typed."""
    wanted = set(long_lemmas(text))
    if not wanted:
        return []
    found = [*_applications(edition, wanted, without), *_past(wanted)]
    needed = min(2, len(wanted))
    return sorted((each for each in found if each.shared >= needed), key=lambda each: -each.shared)[:MOST]


def _applications(edition: Edition, wanted: set[str], without: int | None) -> Iterable[Similar]:
    rows = Application.objects.submitted().filter(edition=edition).exclude(pk=without or 0).select_related("edition")
    for each in rows.order_by("-submitted_at"):
        yield Similar(each.number, each.title, each.get_absolute_url(), str(edition), len(wanted & set(each.lemmas)))


def _past(wanted: set[str]) -> Iterable[Similar]:
    projects = Project.objects.filter(edition__in=Edition.objects.published().of_this_city()).select_related("edition")
    for each in projects.order_by("-edition__year", "number"):
        shared = len(wanted & set(long_lemmas(each.name)))
        if shared:
            yield Similar(each.number, each.name, each.get_absolute_url(), str(each.edition), shared)
