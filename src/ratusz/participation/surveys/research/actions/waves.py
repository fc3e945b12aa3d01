"""Somebody says whether a question worded otherwise is still the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys.models import ResearchCard, ResearchSeries, WaveMatch
from ratusz.participation.surveys.research import comparing, found_by, reading, rules
from ratusz.publishing.website.actions import refresh_after_commit


@transaction.atomic
def join_questions(*, card: ResearchCard, asked_as: str, key: str, person: Any) -> WaveMatch:
    """The question `asked_as` of this wave is the one that earlier waves asked as `key`.

    Where the words differ, somebody still says that it is the same question. Raises NotYours, ResearchRefused.
    """
    now = database_now()
    mine, series = _locked(card, person, now)
    new, gone = comparing.to_join(reading.waves(series, now), mine.pk)
    if asked_as not in new or key not in gone:
        raise rules.ResearchRefused(_("These two cannot be joined any more. Look at the questions once more."))
    facts = {"asked_as": asked_as, "wordings": "", "is_same": False, "said_at": now, "said_by": person}
    made, _is_new = WaveMatch.objects.update_or_create(card=mine, key=key, defaults=facts)
    record(deed="surveys.join_questions", subject=made, after={"key": key, "asked_as": asked_as}, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))
    return made


@transaction.atomic
def part_questions(*, card: ResearchCard, key: str, person: Any) -> None:
    """Undoes a joining: each question is compared by its own key again. Raises NotYours, ResearchRefused."""
    mine, _series = _locked(card, person, database_now())
    found = WaveMatch.objects.filter(card=mine, key=key).exclude(asked_as="").first()
    if found is None:
        raise rules.ResearchRefused(_("These questions are not joined any more."))
    record(deed="surveys.part_questions", subject=found, before={"key": key, "asked_as": found.asked_as}, actor=person)
    found.delete()
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))


def _locked(card: ResearchCard, person: Any, now: datetime) -> tuple[ResearchCard, ResearchSeries]:
    rules.check_may(person, "publish", card, now)
    mine = ResearchCard.objects.select_for_update(of=("self",)).select_related("series").get(pk=card.pk)
    if mine.series is None:
        raise rules.ResearchRefused(_("This card is in no series."))
    return mine, mine.series


@transaction.atomic
def say_of_wording(*, card: ResearchCard, key: str, wordings: str, is_same: bool, person: Any) -> WaveMatch:
    """The answers may be compared, or not. `wordings` is the fingerprint that was looked at. Raises NotYours, ResearchRefused."""
    now = database_now()
    mine, series = _locked(card, person, now)
    waves = reading.waves(series, now)
    found = {(pair.wave.pk, pair.key): pair.wordings for pair in comparing.pairs(waves, {})}
    if found.get((mine.pk, key)) != wordings:
        raise rules.ResearchRefused(_("The wording has changed a moment ago. Look at both once more."))
    said = {"wordings": wordings, "is_same": is_same, "said_at": now, "said_by": person}
    made, _is_new = WaveMatch.objects.update_or_create(card=mine, key=key, defaults=said)
    record(deed="surveys.say_of_wording", subject=made, after={"key": key, "is_same": is_same}, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))
    return made
