"""From the close to the result: verify, strip, shuffle, open and count 100,000 ballots, each step timed; limit 60 s together."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from random import Random
from uuid import uuid4

from bench.ballot_rig import Rig

BALLOTS, BALLOTS_SHORT = 100_000, 5_000
LIMIT_SECONDS = 60
CHUNK = 1_000
LEAST_LEFT = 5
ROLL = "COPY ratusz_voting_voterrollentry (id, vote_id, voter_key, channel, district, day) FROM STDIN"
SEALED = (
    'COPY ratusz_voting_sealedballot (code, vote_id, voter_key, "inner", outer_mac, channel, district, age_band, line_digest, '
    "contact_digest, point, request_digest, notice_digest, state, is_quarantined, annulment_reason) FROM STDIN"
)


def main(short: bool) -> None:
    """Short: 5,000 ballots. They are sealed as a cast seals them and come in by COPY past the roll's own check, not one by one."""
    number = BALLOTS_SHORT if short else BALLOTS
    with Rig() as rig:
        from ratusz.foundation.kit.clock import database_now
        from ratusz.participation.voting import actions
        from ratusz.participation.voting.models import Vote

        vote, shares, city = _open_vote(number)
        begun = time.perf_counter()
        _fill(rig, vote, city, number)
        print(f"{number} ballots sealed and stored in {time.perf_counter() - begun:.1f} s (not part of the limit)")
        vote.refresh_from_db()
        while database_now() < vote.closes_at:
            time.sleep(0.2)
        actions.close_vote(vote=vote)
        steps = [
            ("reconcile the roll and the envelopes, check each MAC", actions.end_verification, {}),
            ("statistics, strip, shuffle", actions.strip, {}),
            ("open with the shares, check each ballot, store", actions.open_ballots, {"shares": shares}),
            ("count twice: engine and verifier", actions.count_vote, {}),
        ]
        times = []
        for name, action, facts in steps:
            vote = Vote.objects.get(pk=vote.pk)
            begun = time.perf_counter()
            action(vote=vote, **facts)
            times.append(time.perf_counter() - begun)
            print(f"{times[-1]:6.1f} s  {name}")
        verdict = "met" if sum(times) <= LIMIT_SECONDS else "short"
        print(f"{sum(times):6.1f} s  together, limit {LIMIT_SECONDS} s for {BALLOTS}: {verdict}")


def _open_vote(number: int):
    from ratusz.foundation.kit.clock import database_now
    from ratusz.participation.voting import actions
    from ratusz.participation.voting.simulation import edition as editions
    from ratusz.participation.voting.simulation.residents import City, box

    edition = editions.make(editions.Size(), editions.make_people(), Random(1))
    now = database_now()
    vote = actions.prepare_vote(edition=edition, opens_at=now, closes_at=now + timedelta(seconds=10 + number / 700))
    shares = actions.hold_ceremony(vote=vote, needed=3, functions=editions.COMMITTEE)
    actions.drill(vote=vote, shares=shares[:3])
    vote.refresh_from_db()
    boxes = [box(pool.code, pool.projects.order_by("position").values_list("number", flat=True), 1)
             for pool in edition.pools.order_by("position")]  # fmt: skip
    return actions.open_vote(vote=vote), shares[:3], City(boxes[0], tuple(boxes[1:]), (1,) * (len(boxes) - 1), 1)


def _fill(rig: Rig, vote, city, number: int) -> None:
    import psycopg
    from django.db import connections

    connections.close_all()
    jobs = [(vote.pk, bytes(vote.public_key), city, start, min(start + CHUNK, number)) for start in range(0, number, CHUNK)]
    with (
        ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool,
        psycopg.connect(host=str(rig.database.socket), user="app", dbname="ratusz") as connection,
    ):
        for rows in pool.map(_sealed, jobs):
            with connection.cursor() as cursor:
                for statement, place in ((ROLL, 0), (SEALED, 1)):
                    with cursor.copy(statement) as copy:
                        for row in rows:
                            copy.write_row(row[place])
            connection.commit()
            _extend_if_slow(vote)


def _extend_if_slow(vote) -> None:
    from ratusz.foundation.kit.clock import database_now
    from ratusz.participation.voting import actions

    vote.refresh_from_db()
    if (vote.closes_at - database_now()).total_seconds() < LEAST_LEFT:
        actions.extend_vote(vote=vote, closes_at=database_now() + timedelta(seconds=3 * LEAST_LEFT), reason="slow machine")


def _sealed(job) -> list[tuple[tuple, tuple]]:
    from ratusz.participation.voting import envelopes, receipt_codes
    from ratusz.participation.voting.simulation.residents import resident

    vote, key, city, start, end = job
    rows = []
    for number in range(start, end):
        voter = resident(city, number)
        voter_key = envelopes.voter_key(vote, str(number))
        inner = envelopes.seal(envelopes.PlainBallot(vote, voter.choices, voter.age_band), key, "")
        code, mac = receipt_codes.code_of(inner), envelopes.outer_mac(vote, voter_key, inner)
        random = envelopes.request_digest(vote, str(number))
        roll = (uuid4(), vote, voter_key, voter.channel, voter.district, "2026-01-01")
        ballot = (code, vote, voter_key, inner, mac, voter.channel, voter.district, voter.age_band, b"", b"", "", random, random,
                  "accepted", False, "")  # fmt: skip
        rows.append((roll, ballot))
    return rows
