"""kill -9 of the web and of PostgreSQL while people vote: acknowledged is stored, each ballot once, in every round."""

from __future__ import annotations

import random
import threading
import time

from bench.ballot_rig import Rig, Sender, Voter

ROUNDS, ROUNDS_SHORT, CLIENTS, VOTERS = 30, 4, 6, 240
PATIENCE = 180
"""Seconds for which a voter sends the form again while nobody answers; a loaded machine starts slowly."""


def main(short: bool) -> None:
    """Short: 4 rounds instead of 30."""
    run(rounds=ROUNDS_SHORT if short else ROUNDS)


def run(*, rounds: int) -> None:
    """Kills the web in odd rounds, PostgreSQL in even ones."""
    chance = random.Random(1)
    with Rig() as rig:
        rig.open_vote()
        rig.start_web()
        for turn in range(rounds):
            _round(rig, turn, chance)
            what = "PostgreSQL" if turn % 2 else "web"
            print(f"round {turn + 1}: {what} killed, all {VOTERS} acknowledged ballots stored once")
    print(f"{rounds} of {rounds} rounds")


def _round(rig: Rig, turn: int, chance: random.Random) -> None:
    from ratusz.participation.voting.models import PendingLeaf, SealedBallot, VoterRollEntry, WaitingNotice

    voters = rig.voters(VOTERS, start=turn * VOTERS)
    codes: dict[bytes, set[str]] = {voter.key: set() for voter in voters}

    def vote(mine: list[Voter]) -> None:
        sender = Sender(rig.port)
        for voter in mine:
            # As people do: the same form again until the receipt is there, and sometimes once more for good measure.
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                if code := sender.cast(rig.path, voter):
                    codes[voter.key].add(code)
                    break
                time.sleep(0.05)
            if chance.random() < 0.1 and (code := sender.cast(rig.path, voter)):
                codes[voter.key].add(code)

    threads = [threading.Thread(target=vote, args=(voters[n::CLIENTS],)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    while sum(map(bool, codes.values())) < chance.randrange(20, VOTERS // 2):
        time.sleep(0.01)
    if turn % 2 == 0:
        rig.kill_web()
        rig.start_web()
    else:
        from django.db import connections

        connections.close_all()
        rig.kill_database()
    for thread in threads:
        thread.join()
    keys = [voter.key for voter in voters]
    stored = {bytes(key): code for key, code in SealedBallot.objects.filter(voter_key__in=keys).values_list("voter_key", "code")}
    lost = {key for key, acked in codes.items() if acked - {stored.get(key)}}
    assert not lost, f"{len(lost)} acknowledged ballots are not stored as acknowledged"
    unheard = {key for key, acked in codes.items() if not acked}
    assert not unheard, f"{len(unheard)} voters got no answer within {PATIENCE} s"
    assert len(stored) == VOTERS == SealedBallot.objects.filter(voter_key__in=keys).count()
    assert VoterRollEntry.objects.filter(voter_key__in=keys).count() == VOTERS
    # What committed with each: its entry for the log, its notice for the voter.
    whole = (turn + 1) * VOTERS
    assert (PendingLeaf.objects.count(), WaitingNotice.objects.count()) == (whole, whole)
