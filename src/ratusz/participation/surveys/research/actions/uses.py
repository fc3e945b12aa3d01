"""What a unit did with the results is told, and taken back when it was wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys.models import ResearchCard, ResearchUse
from ratusz.participation.surveys.research import found_by, linked, queries, rules
from ratusz.publishing.website.actions import refresh_after_commit


@transaction.atomic
def tell_use(*, card: ResearchCard, unit: Unit, used_on: date, words: str, url: str = "", person: Any) -> ResearchUse:
    """What was done with the results, when, by whom; the first one ends the clock. Raises NotYours, ResearchRefused."""
    now = database_now()
    mine = ResearchCard.objects.select_for_update(of=("self",)).select_related("unit").get(pk=card.pk)
    rules.check_may(person, "tell", mine, now)
    rules.check_speaks_for(person, unit, now)
    said = rules.check_use(mine, words, used_on, now)
    address, title = linked.page_of(url)
    made = ResearchUse.objects.create(
        card=mine, unit=unit, used_on=used_on, words=said, url=address, url_title=title, noted_at=now, noted_by=person
    )
    stop_clock(rule=rules.USE, subject=mine.key, event="told")
    record(deed="surveys.tell_use", subject=made, after={"unit": unit.short_name, "day": str(used_on)}, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))
    return made


@transaction.atomic
def take_back_use(*, use: ResearchUse, person: Any) -> ResearchUse:
    """Takes a use off the card's page; the record keeps it. When it was the only one, the clock runs anew. Raises NotYours."""
    now = database_now()
    card = ResearchCard.objects.select_for_update(of=("self",)).select_related("unit").get(pk=use.card_id)
    rules.check_may(person, "tell", card, now)
    mine = ResearchUse.objects.select_for_update().get(pk=use.pk)
    if mine.taken_back_at is not None:
        return mine
    mine.taken_back_at = now
    mine.save(update_fields=["taken_back_at"])
    if card.is_public and not queries.uses_of(card).exists():
        url = queries.uses_url(card)
        start_clock(rule=rules.USE, subject=card.key, label=str(card), url=url, unit=card.unit, started_at=card.published_at)
    record(deed="surveys.take_back_use", subject=mine, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(card))
    return mine
