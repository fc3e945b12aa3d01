"""Moderation of the demo city has something to do in every state, and loading it again changes nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from ratusz.casework.moderation.models import Appeal, Example, Flag, Item
from ratusz.demo import intranet, moderation, people

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_the_queue_of_the_demo_is_not_empty_and_is_loaded_once():
    for load in (people.load, intranet.load, moderation.load, moderation.load):
        load(lambda words: None)
    assert Counter(Item.objects.values_list("state", flat=True)) == {"waiting": 2, "judged": 3, "with_author": 1}
    assert (Flag.objects.count(), Example.objects.count(), Appeal.objects.open().count(), Appeal.objects.count()) == (8, 2, 1, 2)
