"""Days of elections for the department's calendar, and the notice of a running phase."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.coordination.calendar.models import Election
from ratusz.coordination.calendar.rules import CAMPAIGN, SILENCE, may, phases
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing


def _sees(person: Any, at: datetime) -> bool:
    return may(person, "see", None, at)


def dates_of_elections(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Campaign and silence of each election that touch [starts, ends); for staff alone."""
    first, last = local_day(starts), local_day(ends)
    near = Election.objects.filter(Q(voting_day__gte=first) | Q(second_round_day__gte=first), ordered_on__lte=last)
    words = {CAMPAIGN: _("Election campaign: %(name)s"), SILENCE: _("Election silence: %(name)s")}
    for election in near:
        for phase in phases(election):
            if phase.code in words and phase.starts and phase.ends and phase.starts < ends and phase.ends > starts:
                title = words[phase.code] % {"name": election.name}
                url = reverse("calendar_election", args=[election.pk])
                yield DatedThing("election", title, phase.starts, phase.ends, url=url, is_public=False, may_open=_sees)
