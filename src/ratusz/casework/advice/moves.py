"""What waits at a consultation point: promises not kept yet, and today's conversations. Outings in the city's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.advice import queries, rules
from ratusz.casework.advice.models import Outing
from ratusz.foundation.kit.registries import DatedThing, Move

MOST = 20


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """What somebody was promised at a point and nobody has marked as done."""
    if not getattr(person, "pk", None) or not rules.may(person, "serve", None, at):
        return
    for each in queries.to_follow_up()[:MOST]:
        what = _("Do what was promised at the point: %(what)s") % {"what": each.follow_up}
        yield Move(what, reverse("advice_conversation", args=[each.pk]), since=each.happened_at, kind="advice")


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Mobile points of a period."""
    found = Outing.objects.filter(called_off_at=None, starts_at__lt=ends, ends_at__gt=starts, point__closed_at=None)
    for each in found.select_related("point"):
        yield DatedThing(
            kind="advice", title=_("%(point)s: mobile point") % {"point": each.point.name}, starts=each.starts_at,
            ends=each.ends_at, url=each.point.get_absolute_url(), place=each.where, code=f"advice.outing:{each.pk}",
        )  # fmt: skip
