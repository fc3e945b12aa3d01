"""The demo's register, declarations, points and cards: something waits on every screen; loading twice adds nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from ratusz.demo import people, territory, voters, voting
from ratusz.demo.actions import load_part
from ratusz.demo.loaders import LOADERS
from ratusz.participation.voting.models import SealedBallot, Vote

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def say(words):
    """Nobody listens."""


def test_everything_waits_for_somebody(settings, tmp_path):
    settings.HOME = tmp_path
    territory.load(say)
    people.load(say)
    parts = [loader for loader in LOADERS if loader.name in ("vote-register", "vote-cards")]
    assert [load_part(loader=loader, report=say) for _time in range(2) for loader in parts] == [True, True, False, False]
    for part in parts:
        part.load(say)
    vote = Vote.objects.get(edition__slug=voting._slug(voters.REGISTER))
    assert (vote.identity, vote.state, vote.register.count()) == ("pesel", "open", 401)
    assert Counter(vote.register_imports.values_list("state", flat=True)) == {"taken": 1, "waiting": 1}
    assert Counter(vote.declarations.values_list("state", flat=True)) == {"open": 2, "granted": 1, "refused": 1}
    states = Counter(vote.cards.values_list("state", flat=True))
    assert states == {"cast": 3, "second": 1, "once": 1, "differs": 1, "issued": 6} and vote.points.count() == 2
    assert set(SealedBallot.objects.filter(vote=vote).values_list("channel", flat=True)) == {"paper"}
    waiting = vote.register_imports.get(state="waiting")
    assert waiting.fault_counts == {"pesel_not_eleven_digits": 1, "pesel_lost_zero": 1, "district": 1, "pesel_checksum": 1}
