"""Ballots acknowledged a second, with web, database and client on the same cores, beside two limits measured in the same run."""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable

import psycopg

from bench.ballot_rig import Rig, Sender, Voter

CLIENTS = 8
VOTERS, VOTERS_SHORT = 6_000, 1_200
FLOOR, AIM = 25, 0.6


def main(short: bool) -> None:
    """Short: 1,200 voters instead of 6,000."""
    number = VOTERS_SHORT if short else VOTERS
    with Rig() as rig:
        rig.open_vote()
        loop = _psycopg_loop(rig, number)
        bare = _bare_view(rig, number)
        ours, times = _ballots(rig, number)
    print(f"{number} voters, {CLIENTS} at a time, web, database and client on {os.cpu_count()} cores")
    print(f"loop of the same inserts through psycopg: {loop:.0f} a second")
    print(f"bare Django view with one insert: {bare:.0f} a second")
    share = ours / bare
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    verdict = "met" if share >= AIM else "short"
    print(f"ballots acknowledged: {ours:.0f} a second, {share:.0%} of the bare view, aim {AIM:.0%}: {verdict}")
    verdict = "met" if ours >= FLOOR and p95 < 1000 else "short"
    print(f"p95 {p95:.0f} ms at that load, floor {FLOOR} a second with p95 under 1 s: {verdict}")


def _at_once(things: list, work: Callable[[int, list], None]) -> float:
    """So many things a second by CLIENTS threads."""
    threads = [threading.Thread(target=work, args=(n, things[n::CLIENTS])) for n in range(CLIENTS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(things) / (time.perf_counter() - begun)


def _psycopg_loop(rig: Rig, number: int) -> float:
    from ratusz.participation.voting.actions.casting import CAST
    from ratusz.participation.voting.models import SealedBallot

    common = {"vote": rig.vote.pk, "channel": "web", "age": "30-44", "district": "L1", "officer": None, "point": "", "line": b"",
              "contact": b"", "inner": os.urandom(600), "zone": "Europe/Warsaw", "entry": "{}", "notice": os.urandom(160)}  # fmt: skip

    def work(part: int, numbers: list[int]) -> None:
        with psycopg.connect(host=str(rig.database.socket), user="app", dbname="ratusz", autocommit=True) as connection:
            for n in numbers:
                random = os.urandom(32)
                row = {"voter": random, "mac": random, "request": random, "link": random}
                connection.execute(CAST, common | row | {"code": f"LOOP{n:023}"})

    speed = _at_once(list(range(number)), work)
    assert SealedBallot.objects.count() == number
    return speed


def _bare_view(rig: Rig, number: int) -> float:
    with psycopg.connect(host=str(rig.database.socket), user="owner", dbname="ratusz") as connection:
        connection.execute("CREATE TABLE bench_bare (form text); GRANT INSERT ON bench_bare TO app")
    os.environ["RATUSZ_BARE_SOCKET"] = str(rig.database.socket)
    rig.start_web("bench.bare_view:application")

    def work(part: int, numbers: list[int]) -> None:
        sender = Sender(rig.port)
        for n in numbers:
            assert sender.post("/", f"klucz={n}")[0] == 302

    work(0, list(range(50)))
    speed = _at_once(list(range(number)), work)
    rig.kill_web()
    return speed


def _ballots(rig: Rig, number: int) -> tuple[float, list[float]]:
    from ratusz.participation.voting.models import SealedBallot

    voters, times, acknowledged = rig.voters(number + 50), [], []
    rig.start_web()

    def work(part: int, mine: list[Voter]) -> None:
        sender = Sender(rig.port)
        for voter in mine:
            begun = time.perf_counter()
            code = sender.cast(rig.path, voter)
            times.append(time.perf_counter() - begun)
            assert code, "a ballot was not acknowledged"
            acknowledged.append(code)

    work(0, voters[:50])
    times.clear()
    speed = _at_once(voters[50:], work)
    stored = set(SealedBallot.objects.exclude(code__startswith="LOOP").values_list("code", flat=True))
    assert stored == set(acknowledged) and len(acknowledged) == number + 50
    return speed, times
