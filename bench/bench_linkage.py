"""E10: somebody holds a dump made after stripping and guesses whose ballot is whose, by every order the database still shows."""

from __future__ import annotations

import json
import math
import time
from datetime import timedelta
from hashlib import sha256

from bench.ballot_rig import Rig

VOTERS, TRIALS = 1_000, 20
VOTERS_SHORT, TRIALS_SHORT = 200, 4
ORDERS = ("id", "ctid", "xmin::text, ctid", "xmin::text, id", 'length("inner"), ctid', '"inner"')
"""What a row of the inner envelopes can be ordered by; by the bytes themselves as a control."""
PLACES = ("id", "ctid", "xmin::text, ctid", "day, ctid", "voter_key", "channel, district, ctid")
"""The same for the roll."""
MOST_SIGMAS = 4
LEAST_LEFT = 3


def main(short: bool) -> None:
    """Short: 4 trials of 200 voters."""
    voters, trials = (VOTERS_SHORT, TRIALS_SHORT) if short else (VOTERS, TRIALS)
    hits: dict[str, int] = {}
    with Rig() as rig:
        for trial in range(trials):
            for name, number in _trial(rig, trial, voters).items():
                hits[name] = hits.get(name, 0) + number
    guesses = voters * trials
    most = trials + MOST_SIGMAS * math.sqrt(trials)  # one lucky guess a trial is what shuffling gives
    print(f"{trials} trials of {voters} voters; a blind guess is right {1 / voters:.4%} of the time")
    for name, number in sorted(hits.items()):
        print(f"{number / guesses:.4%} right by {name}: {'met' if number <= most else 'LINKED'}")


def _trial(rig: Rig, trial: int, voters: int) -> dict[str, int]:
    from django.db import connection

    from ratusz.foundation.kit.clock import database_now
    from ratusz.participation.voting import actions, envelopes
    from ratusz.participation.voting.factories import edition_to_vote_on, number
    from ratusz.participation.voting.models import LogLeaf

    edition, now = edition_to_vote_on(number=100 + trial, year=2100 + trial), database_now()
    vote = actions.prepare_vote(edition=edition, opens_at=now, closes_at=now + timedelta(seconds=2 * LEAST_LEFT))
    shares = actions.hold_ceremony(vote=vote, needed=2, functions=("a", "b", "c"))
    actions.drill(vote=vote, shares=shares[:2])
    vote.refresh_from_db()
    vote = actions.open_vote(vote=vote)
    keys = [envelopes.voter_key(vote.pk, str(voter)) for voter in range(voters)]
    for voter, key in enumerate(keys):
        if voter % 50 == 0 and (vote.closes_at - database_now()).total_seconds() < LEAST_LEFT:
            vote = actions.extend_vote(vote=vote, closes_at=database_now() + timedelta(seconds=2 * LEAST_LEFT), reason="bench")
        actions.cast_ballot(edition=edition, voter_key=key, channel="web", idempotency_key=str(voter), district="L1",
                            choices={"M": {number(edition, "M", 1 + voter % 5): 1 + voter % 3}})  # fmt: skip
    order = list(vote.sealed_ballots.order_by("cast_at").values_list("inner", flat=True))
    cast = {sha256(bytes(inner)).hexdigest(): place for place, inner in enumerate(order)}
    while database_now() < vote.closes_at:
        time.sleep(0.2)
    vote = actions.end_verification(vote=actions.close_vote(vote=vote))
    actions.strip(vote=vote)
    hits = {}
    with connection.cursor() as cursor:
        for each in ORDERS:
            cursor.execute(f'SELECT "inner" FROM ratusz_voting_innerenvelope WHERE vote_id = %s ORDER BY {each}', [vote.pk])
            hits[f"envelopes in the order of {each}"] = _right(cast[sha256(bytes(row[0])).hexdigest()] for row in cursor)
        came = {key: place for place, key in enumerate(keys)}
        for each in PLACES:
            cursor.execute(f"SELECT voter_key FROM ratusz_voting_voterrollentry WHERE vote_id = %s ORDER BY {each}", [vote.pk])
            hits[f"roll in the order of {each}"] = _right(came[bytes(row[0])] for row in cursor)
    entries = LogLeaf.objects.filter(vote=vote, entry__contains="envelope").order_by("number").values_list("entry", flat=True)
    sealed = [json.loads(entry)["sha256"] for entry in entries if '"kind":"envelope"' in entry]
    with connection.cursor() as cursor:
        cursor.execute("SELECT voter_key FROM ratusz_voting_voterrollentry WHERE vote_id = %s ORDER BY ctid", [vote.pk])
        rows = [came[bytes(row[0])] for row in cursor]
    hits["roll beside the log"] = sum(cast[digest] == voter for digest, voter in zip(sealed, rows, strict=True))
    return hits


def _right(places) -> int:
    """How many stand where they were cast."""
    return sum(place == at for at, place in enumerate(places))
