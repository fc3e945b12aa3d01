"""Somebody says whether a question worded otherwise is still the same."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys.models import ResearchCard, WaveMatch
from ratusz.participation.surveys.research import comparing, found_by, reading, rules
from ratusz.publishing.website.actions import refresh_after_commit


@transaction.atomic
def say_of_wording(*, card: ResearchCard, key: str, wordings: str, is_same: bool, person: Any) -> WaveMatch:
    """The answers may be compared, or not. `wordings` is the fingerprint that was looked at. Raises NotYours, ResearchRefused."""
    now = database_now()
    rules.check_may(person, "publish", card, now)
    mine = ResearchCard.objects.select_for_update(of=("self",)).select_related("series").get(pk=card.pk)
    if mine.series is None:
        raise rules.ResearchRefused(_("This card is in no series."))
    waves = reading.waves(mine.series, now)
    found = {(pair.wave.pk, pair.key): pair.wordings for pair in comparing.pairs(waves, {})}
    if found.get((mine.pk, key)) != wordings:
        raise rules.ResearchRefused(_("The wording has changed a moment ago. Look at both once more."))
    said = {"wordings": wordings, "is_same": is_same, "said_at": now, "said_by": person}
    made, _is_new = WaveMatch.objects.update_or_create(card=mine, key=key, defaults=said)
    record(deed="surveys.say_of_wording", subject=made, after={"key": key, "is_same": is_same}, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))
    return made
