"""Reads of series: the list with its numbers, one with the state of each of its consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from ratusz.participation.consultations.models import Consultation, Series, SeriesInstance
from ratusz.participation.consultations.series import rules
from ratusz.participation.consultations.standing import findings_of


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
    lacks: list[str]
    """What still stands in the way of its launch."""


def standings(series: Series, day: date) -> list[Standing]:
    """All instances in the order of their districts; the same queries however many there are."""
    shown = ("areas", "forms", "notices", "extensions")
    rows = series.instances.select_related("consultation__owner_unit", "consultation__campaign", "district").order_by(
        "district__sort_key"
    )
    rows = rows.prefetch_related(*(f"consultation__{name}" for name in shown))
    return [Standing(each, _by_hand(series, each), _lacks(each.consultation, day)) for each in rows]


def _lacks(consultation: Consultation, day: date) -> list[str]:
    if consultation.announced_at:
        return []
    return [each.words for each in findings_of(consultation, day, at_launch=True) if each.level == "error"]


def _by_hand(series: Series, instance: SeriesInstance) -> list[str]:
    said = rules.said_for(series, instance.district)
    values = {name: getattr(instance.consultation, name) for name in said}
    return rules.written_by_hand(values, said, instance.overridden)
