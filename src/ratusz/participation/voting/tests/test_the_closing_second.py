"""E13 with sixty voters in threads; the bench `ballot_closing` sends five hundred over HTTP."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import envelopes
from ratusz.participation.voting.actions import cast_ballot, close_due_votes
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import SealedBallot, Vote, VoterRollEntry
from ratusz.participation.voting.rules import Closed

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AROUND = 0.6


def test_the_database_decides_who_was_in_time():
    vote = open_vote_on(closes_at=database_now() + timedelta(seconds=AROUND + 0.4))
    choices, edition = {"M": {number(vote.edition, "M", 1): 3}}, vote.edition
    close = time.monotonic() + (vote.closes_at - database_now()).total_seconds()
    chance = random.Random(13)
    moments = sorted(chance.uniform(-AROUND, AROUND) for _voter in range(60))

    def one(voter):
        time.sleep(max(0.0, close + moments[voter] - time.monotonic()))
        try:
            if voter % 10 == 9:
                close_due_votes()
            key = envelopes.voter_key(vote.pk, str(voter))
            return cast_ballot(edition=edition, voter_key=key, choices=choices, channel="web", idempotency_key="k").code
        except Closed:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(60) as pool:
        codes = list(pool.map(one, range(60)))
    taken = {code for code in codes if code}
    assert taken == set(SealedBallot.objects.values_list("code", flat=True)) and len(taken) == VoterRollEntry.objects.count()
    assert 0 < len(taken) < 60 and not SealedBallot.objects.filter(cast_at__gte=vote.closes_at).exists()
    late = [moment for moment, code in zip(moments, codes, strict=True) if code and moment > 0.05]
    assert not late and Vote.objects.get().state == Vote.State.CLOSED
