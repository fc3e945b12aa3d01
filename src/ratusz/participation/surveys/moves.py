"""What waits in surveys: paper cards typed differently or once; and in the calendar, what is open until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.registries import DatedThing, Move
from ratusz.participation.surveys import rules
from ratusz.participation.surveys.models import CardState, PaperBatch, Survey

MOST = 20


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Batches whose cards are not all typed, for whoever types them."""
    if not getattr(person, "pk", None) or not rules.may(person, "enter", None, at):
        return
    open_states = [CardState.WAITING, CardState.ONCE, CardState.DIFFERS]
    found = PaperBatch.objects.filter(paper_cards__state__in=open_states).annotate(left=Count("paper_cards"))
    for each in found.select_related("survey").order_by("counted_at")[:MOST]:
        what = _("Type paper cards of the survey “%(title)s” (%(place)s): %(left)s") % {
            "title": each.survey.title, "place": each.place, "left": each.left,
        }  # fmt: skip
        yield Move(what, reverse("surveys_paper", args=[each.survey_id]), since=each.counted_at, kind="surveys")


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Public surveys of a period."""
    found = Survey.objects.public().filter(is_listed=True, closed_at=None, opens_at__lt=ends, closes_at__gt=starts)
    for each in found.select_related("unit"):
        yield DatedThing(
            kind="survey", title=each.title, starts=each.opens_at, ends=each.closes_at, url=each.get_absolute_url(),  # type: ignore[arg-type]
            what_to_do=_("Answer the survey"), unit=each.unit.short_name, code=f"surveys.survey:{each.pk}",
        )  # fmt: skip
