"""Research that waits for somebody: to say what was done with it, to publish it; in the calendar, until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing, Move
from ratusz.participation.surveys.models import ResearchCard, ResearchState
from ratusz.participation.surveys.research import queries, rules

MOST = 30


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Results of which nothing was told yet, for the unit; finished drafts, for whoever publishes."""
    if not rules.may(person, "tell", None, at):
        return
    found = list(queries.waiting_for_uses(person, at)[:MOST])
    clocks = Clock.objects.running().filter(rule_code=rules.USE, subject__in=[each.key for each in found])
    due = dict(clocks.values_list("subject", "due_at"))
    for each in found:
        words = _("Write what was done with the results: %(title)s") % {"title": each.title}
        yield Move(words, queries.uses_url(each), due.get(each.key), since=each.published_at, kind="research")
    if rules.may(person, "publish", None, at):
        yield from _drafts(at)


def _drafts(at: datetime) -> Iterator[Move]:
    drafts = ResearchCard.objects.filter(state=ResearchState.DRAFT, ends_on__lte=local_day(at)).exclude(summary="")
    for each in drafts.order_by("ends_on")[:MOST]:
        words = _("Check and publish the research card: %(title)s") % {"title": each.title}
        yield Move(words, reverse("research_card", args=[each.pk]), since=each.made_at, kind="research")


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Periods of asking, for staff: a card is public only afterwards."""
    found = ResearchCard.objects.filter(starts_on__lt=local_day(ends), ends_on__gte=local_day(starts))
    for each in found.exclude(state=ResearchState.WITHDRAWN).select_related("unit"):
        yield DatedThing(
            kind="research", title=each.title, starts=each.starts_on, ends=each.ends_on,
            url=reverse("research_card", args=[each.pk]), is_public=False,
            unit=each.unit.short_name, code=each.key, may_open=partial(_opens, each),
        )  # fmt: skip


def _opens(card: ResearchCard, person: Any, at: datetime) -> bool:
    return rules.may(person, "see", card, at)
