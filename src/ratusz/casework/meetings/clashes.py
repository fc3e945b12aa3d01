"""Whether a room or an official is taken at that time by another meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from ratusz.casework.meetings.models import Meeting, Official, Place
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.dates import polish_moment, polish_time

WAY = timedelta(minutes=30)
"""An official needs so long from one meeting to another in a different place."""


@dataclass(frozen=True)
class Clash:
    """One thing that is in two places at once. A room never takes two meetings; of an official it may be meant."""

    words: str
    meeting: Meeting
    blocks: bool


def clashes_of(
    *, starts_at: datetime, ends_at: datetime, place: Place | None, officials: Iterable[Official], but: int | None = None
) -> list[Clash]:
    """What clashes with a meeting at that time; `but` is the meeting itself when it is changed. Rooms first."""
    officials = list(officials)
    near = Meeting.objects.touching(starts_at - WAY, ends_at + WAY).exclude(pk=but or 0).exclude(state=State.ARCHIVED)
    near = near.filter(Q(place=place, place__isnull=False) | Q(officials__in=officials)).distinct()
    found = []
    for other in near.select_related("place").prefetch_related("officials").order_by("starts_at"):
        touches = other.starts_at < ends_at and other.ends_at > starts_at
        told = {"title": other.title, "from": polish_moment(other.starts_at), "to": polish_time(other.ends_at)}
        if place is not None and other.place_id == place.pk and touches:
            words = _("The room “%(room)s” is taken: %(title)s, %(from)s – %(to)s.") % {**told, "room": place.name}
            found.append(Clash(words, other, blocks=True))
        for official in officials:
            if official in other.officials.all() and (touches or other.place_id != (place.pk if place else None)):
                words = _("%(who)s is at another meeting: %(title)s, %(from)s – %(to)s.") % {**told, "who": official.name}
                found.append(Clash(words, other, blocks=False))
    return sorted(found, key=lambda clash: not clash.blocks)
