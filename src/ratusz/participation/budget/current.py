"""Editions that go on: the stage each is at, what comes next, and what residents can do now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_date, polish_range
from ratusz.participation.budget.models import Edition, Stage
from ratusz.participation.budget.registries import edition_deeds, edition_links
from ratusz.ui.parts import Link


def going_on(at: datetime) -> list[dict[str, Any]]:
    """Opened editions of the city without results, the newest first, each with its stage in words and its links."""
    editions = Edition.objects.of_this_city().going_on().prefetch_related("stages").newest_first()
    return [
        {
            "edition": each,
            "now": stage_words(list(each.stages.all()), at),
            "links": links_of(each, at),
        }
        for each in editions
    ]


def links_of(edition: Edition, at: datetime) -> list[Link]:
    """What residents can do in the edition now, then what the rooms have to read of it."""
    return [link for registry in (edition_deeds, edition_links) for room in registry for link in room(edition, at)]


def stage_words(stages: list[Stage], at: datetime) -> str:
    """The stages that go on now with their days, or the next one with its first day; "" when all are over."""
    now = [stage for stage in stages if stage.starts_at <= at < stage.closes_at]
    if now:
        return "; ".join(f"{stage.get_code_display()}: {days_of(stage)}" for stage in now)
    ahead = min((stage for stage in stages if stage.starts_at > at), key=lambda stage: stage.starts_at, default=None)
    if ahead is None:
        return ""
    words = _("next: {stage}, from {day}")
    return words.format(stage=ahead.get_code_display(), day=polish_date(local_day(ahead.starts_at)))


def days_of(stage: Stage) -> str:
    """The first and the last day of a stage in words."""
    return polish_range(local_day(stage.starts_at), local_day(stage.closes_at - timedelta(seconds=1)))
