"""Moderation of the demo city has something to do in every state, and loading it again changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from ratusz.casework.moderation import months
from ratusz.casework.moderation.factories import PLACE, Threads
from ratusz.casework.moderation.models import (
    Absence,
    Appeal,
    BannedWord,
    Example,
    Fault,
    Flag,
    Item,
    Mandate,
    MonthTable,
    Shift,
)
from ratusz.casework.moderation.registries import place_kinds
from ratusz.demo import intranet, moderation, moderators, people
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_the_queue_of_the_demo_is_not_empty_and_is_loaded_once():
    for load in (people.load, intranet.load, moderation.load, moderation.load):
        load(lambda words: None)
    assert Counter(Item.objects.values_list("state", flat=True)) == {"waiting": 2, "judged": 3, "with_author": 1}
    assert (Flag.objects.count(), Example.objects.count(), Appeal.objects.open().count(), Appeal.objects.count()) == (8, 2, 1, 2)


@pytest.mark.django_db
def test_the_office_of_the_demo_has_a_roster_words_tables_and_moderators_of_two_places(monkeypatch):
    threads = Threads()
    monkeypatch.setitem(place_kinds._entries, PLACE, threads.kind)
    people.load(lambda words: None)
    threads.open(unit=Unit.objects.get(short_name="KST"))
    threads.open(2, ends_at=database_now() + timedelta(days=30))
    monkeypatch.setattr("ratusz.casework.moderation.office.place_kinds", [threads.kind])
    for load in (moderators.load, moderators.load):
        load(lambda words: None)
    assert (Shift.objects.count(), Absence.objects.count(), BannedWord.objects.count(), Fault.objects.count()) == (8, 1, 4, 2)
    assert [(each.place, each.is_outsider) for each in Mandate.objects.all()] == [("test.thread:1", False), ("test.thread:2", True)]
    tables = list(MonthTable.objects.order_by("month"))
    assert len(tables) == 2 and dict(months.rows_of(tables[1]))["Ukryte, powód: Nienawiść"] == "za mało, żeby podać"
