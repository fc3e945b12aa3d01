"""The demo's votes: one goes on, one is verified with an odd case and complaints, one waits for the count, one has its result; loading twice adds none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.demo import people, territory, voting
from ratusz.participation.voting.models import Annulment, AnomalyCase, Complaint, SealedBallot, Vote

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def say(words):
    """Nobody listens."""


def test_four_votes(monkeypatch, settings, tmp_path):
    settings.HOME = tmp_path
    monkeypatch.setattr(voting, "SOON", timedelta(seconds=3))
    territory.load(say)
    people.load(say)
    for _time in range(2):
        voting.load_running(say)
        voting.load_closed(say)
    names = (voting.RUNNING, voting.WITH_CLAUSES, voting.OPENED, voting.PUBLISHED)
    running, verified, counted, published = (Vote.objects.get(edition__slug=voting._slug(name)) for name in names)
    assert [vote.state for vote in (running, verified, counted, published)] == ["open", "closed", "opened", "counted"]
    assert (running.roll.count(), verified.roll.count(), counted.roll.count()) == (90, 224, 120)
    assert all(pool.result.published_at for pool in published.edition.pools.select_related("result"))
    case = AnomalyCase.objects.get()
    assert (case.vote, case.flagged.count(), case.state) == (verified, 40, "new")
    assert (Complaint.objects.count(), Annulment.objects.filter(decision="open").count()) == (2, 1)
    assert SealedBallot.objects.filter(vote=counted).count() == 0 and counted.inner_envelopes.count() == 120
    assert len(voting._kept()) == 4
