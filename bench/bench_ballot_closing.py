"""E13: five hundred voters around the closing second: the database's clock decides; nothing is taken after."""

from __future__ import annotations

import random
import threading
import time
from datetime import timedelta

from bench.ballot_rig import Rig, Sender, Voter

CLIENTS, CLIENTS_SHORT = 500, 100
AROUND = 2.0
"""Seconds before and after the close in which they come."""


def main(short: bool) -> None:
    """Short: 100 voters instead of 500."""
    run(clients=CLIENTS_SHORT if short else CLIENTS)


def run(*, clients: int) -> None:
    """Each sends one form at a random moment around the close, while the worker closes the vote."""
    with Rig() as rig:
        from ratusz.participation.voting.actions import chain_whole_log, close_due_votes

        rig.open_vote()
        rig.start_web()
        sender = Sender(rig.port)
        for voter in rig.voters(16):
            assert sender.cast(rig.path, voter)
        # The second vote ends soon enough to wait for, and late enough for proofs to be made.
        ahead = timedelta(seconds=AROUND + 3 + clients / 50)
        rig.open_vote(closes_in=ahead)
        voters = rig.voters(clients, start=16)
        answers = _at_the_close(rig, voters)
        assert close_due_votes() in (0, 1)
        chain_whole_log()
        _judge(rig, voters, answers)


def _at_the_close(rig: Rig, voters: list[Voter]) -> list[tuple[float, int, str]]:
    """(seconds from the close by the database's clock at which it was sent, status, number on the receipt), as the voters stand."""
    from ratusz.foundation.kit.clock import database_now

    left = (rig.vote.closes_at - database_now()).total_seconds()
    close, chance = time.perf_counter() + left, random.Random(13)
    moments = [chance.uniform(-AROUND, AROUND) for _voter in voters]
    answers: list[tuple[float, int, str]] = [(0.0, 0, "")] * len(voters)

    def client(place: int) -> None:
        sender, voter = Sender(rig.port), voters[place]
        time.sleep(max(0.0, close + moments[place] - time.perf_counter()))
        sent = time.perf_counter() - close
        status, code = sender.answer(rig.path, voter)
        answers[place] = (sent, status, code)

    threads = [threading.Thread(target=client, args=(place,)) for place in range(len(voters))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _judge(rig: Rig, voters: list[Voter], answers: list[tuple[float, int, str]]) -> None:
    from ratusz.participation.voting.models import LogLeaf, SealedBallot, Vote, VoterRollEntry

    ballots = SealedBallot.objects.filter(vote=rig.vote)
    stored = {bytes(key): code for key, code in ballots.values_list("voter_key", "code")}
    acknowledged = {voter.key: code for voter, (_sent, _status, code) in zip(voters, answers, strict=True) if code}
    assert acknowledged == stored, "what is acknowledged is not what is stored"
    assert not ballots.filter(cast_at__gte=rig.vote.closes_at).exists(), "a ballot came after the close"
    assert VoterRollEntry.objects.filter(vote=rig.vote).count() == len(stored)
    assert {status for _sent, status, _code in answers} == {302, 409}, {status for _sent, status, _code in answers}
    late = [sent for sent, status, _code in answers if sent > 0.05 and status == 302]
    assert not late, f"sent after the close and taken: {late}"
    assert Vote.objects.get(pk=rig.vote.pk).state == Vote.State.CLOSED
    leaves = LogLeaf.objects.filter(vote=rig.vote, entry__contains='"kind":"envelope"').count()
    assert leaves == len(stored)
    last = max(sent for sent, status, _code in answers if status == 302)
    print(
        f"{len(voters)} voters within {AROUND:.0f} s of the close: {len(stored)} taken, the last one sent {-last * 1000:.0f} ms "
        f"before it, {len(voters) - len(stored)} refused with 409; acknowledged = stored = in the log, none after: met"
    )
