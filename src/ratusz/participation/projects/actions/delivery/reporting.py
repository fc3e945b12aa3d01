"""The unit in charge reports: the stage it reached, what was done in words for everybody, photos."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from ratusz.foundation.units.models import Unit
from ratusz.participation.projects.actions.delivery.photos import PhotoFacts, take_photos
from ratusz.participation.projects.actions.delivery.steps import begin, keep, set_clocks
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.delivery.pack import stages_pack
from ratusz.participation.projects.models import Delivery, DeliveryDay, DeliveryState, DeliveryStep


@transaction.atomic
def report(
    *, delivery: Delivery, stage: str, day: date, text: str, photos: Sequence[PhotoFacts] = (), person: Any = None,
    by_unit: Unit | None = None,
) -> DeliveryStep:  # fmt: skip
    """A report from the way: at which stage it is since which day, and what was done. The next report is due in a few months.

    Raises NotYours, DeliveryRefused, files' FileRefused.
    """
    delivery, at = begin(delivery, "report", person, by_unit)
    rules.check_state(delivery, DeliveryState.OPEN)
    rules.check_step(delivery, stage, text, at)
    text = rules.check_words(text, at, needed=stage == delivery.stage)
    rules.check_reached(day, at)
    before, is_new = {"stage": delivery.stage}, stage != delivery.stage
    delivery.stage = stage
    if is_new:
        reach(delivery, stage, day)
        delivery.explanation = ""
    kind = DeliveryStep.Kind.STAGE if is_new else DeliveryStep.Kind.NEWS
    step = keep(
        delivery, "report_delivery", person, at, kind=kind, day=day, text=text, before=before, stage=stage, photos=len(photos)
    )
    take_photos(delivery, photos, at, person, by_unit)
    set_clocks(delivery, at, is_reported=True)
    return step


def reach(delivery: Delivery, stage: str, day: date) -> None:
    """The stage has its real day; earlier ones that had a plan and were passed by have it too, later ones wait again."""
    DeliveryDay.objects.update_or_create(delivery=delivery, stage=stage, defaults={"reached_on": day})
    order = [each.code for each in stages_pack().stages]
    if stage in order:
        place = order.index(stage)
        passed = DeliveryDay.objects.filter(delivery=delivery, stage__in=order[:place], reached_on=None)
        passed.update(reached_on=day)
        DeliveryDay.objects.filter(delivery=delivery, stage__in=order[place + 1 :]).update(reached_on=None)
