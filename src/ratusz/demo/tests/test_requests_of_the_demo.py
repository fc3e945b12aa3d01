"""Requests of the demo city stand in every state, and loading them again changes nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.requests.models import Request
from ratusz.demo import people, requests
from ratusz.foundation.kit.clock import database_now

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_requests_of_the_demo_stand_in_every_state_and_are_loaded_once():
    people.load(lambda words: None)
    for _time in range(2):
        requests.load(lambda words: None)
    ends = Counter(Request.objects.values_list("outcome", flat=True))
    assert ends == {"": 6, "done": 1, "answered": 1}
    assert Request.objects.exclude(extended_until=None).count() == 1
    assert Clock.objects.count() == len(requests.REQUESTS) + 2
    assert Clock.objects.overdue(database_now()).count() == 2
