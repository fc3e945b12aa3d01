"""The intranet of the demo: eight notices, some confirmations missing; two elections; loading again changes nothing."""

from __future__ import annotations

import pytest

from ratusz.coordination.calendar.models import Candidate, Election
from ratusz.demo import intranet, people
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.publishing.intranet import queries
from ratusz.publishing.intranet.directory import directory
from ratusz.publishing.intranet.models import Comment, Notice

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_the_intranet_of_the_demo_has_notices_and_missing_confirmations_and_is_loaded_once():
    people.load(lambda words: None)
    for _time in range(2):
        intranet.load(lambda words: None)
    assert Notice.objects.filter(state="published").count() == len(intranet.NOTICES) == 8
    drill = Notice.objects.get(title__startswith="Próbna ewakuacja")
    assert drill.current_version == 2
    head = User.objects.get(email="kierownictwo-bom@demo.ratusz.example")
    found = queries.report(drill, head, database_now(), whole=True)
    assert 0 < found.confirmed < found.asked and found.shows_names
    assert Comment.objects.count() == 2 and Candidate.objects.count() == 2 and Election.objects.count() == 2
    assert any(post.stand_in == "Informatyczka Demo" for entry in directory(database_now()) for post in entry.posts)
