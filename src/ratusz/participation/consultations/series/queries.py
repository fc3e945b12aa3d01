"""Reads of series: the list with its numbers, one with the state of each of its consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from ratusz.participation.consultations.models import Series, SeriesInstance
from ratusz.participation.consultations.series import rules


def with_numbers() -> QuerySet[Series]:
    """Series with how many consultations they have, how many of them are announced and how many have a report."""
    return Series.objects.annotate(
        made=Count("instances"), announced=Count("instances", filter=Q(instances__consultation__announced_at__isnull=False)),
        reported=Count("instances", filter=Q(instances__consultation__reported_at__isnull=False)),
    )  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One consultation of a series: whether it follows the template, and where it stands."""

    instance: SeriesInstance
    by_hand: list[str]
    """Fields that differ from the template."""


def standings(series: Series, day: date) -> list[Standing]:
    """All instances in the order of their districts; one query."""
    rows = series.instances.select_related("consultation", "district").order_by("district__sort_key")
    return [Standing(each, _by_hand(series, each)) for each in rows]


def _by_hand(series: Series, instance: SeriesInstance) -> list[str]:
    said = rules.said_for(series, instance.district)
    values = {name: getattr(instance.consultation, name) for name in said}
    return rules.written_by_hand(values, said, instance.overridden)
