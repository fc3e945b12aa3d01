"""Ballots acknowledged a second, with web, database and client on the same cores, beside two limits measured in the same run.

The three take turns, so that a busier moment of the machine falls on all. Beside the speeds stands the CPU time of one ballot, by
who takes it: it tells what the rest of the time is made of, also where other programs share the cores.
"""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.ballot_rig import Rig, Sender, Voter

CLIENTS = 8
TURNS, WARM = 6, 200
VOTERS, VOTERS_SHORT = 6_000, 1_200
FLOOR, AIM = 25, 0.6
TICK = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass
class Figures:
    """What one of the three took, over its turns."""

    number: int = 0
    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=lambda: {"web": 0.0, "database": 0.0, "client": 0.0})
    times: list[float] = field(default_factory=list)

    @property
    def speed(self) -> float:
        return self.number / self.seconds

    @property
    def milliseconds(self) -> float:
        return sum(self.cpu.values()) / self.number

    def __str__(self) -> str:
        parts = ", ".join(f"{name} {took / self.number:.2f}" for name, took in self.cpu.items() if took)
        return f"{self.speed:.0f} a second; {self.milliseconds:.2f} ms of CPU each ({parts})"


def main(short: bool) -> None:
    """Short: 1,200 voters instead of 6,000."""
    number = VOTERS_SHORT if short else VOTERS
    with Rig() as rig:
        rig.open_vote()
        voters = rig.voters(number + WARM)
        rig.start_web()
        bare_port = _bare_view(rig)
        loop, bare, ours = _in_turns(rig, voters, bare_port)
        _notices_later(number)
    print(f"{number} voters, {CLIENTS} at a time, web, database and client on {os.cpu_count()} cores")
    print(f"loop of the same inserts through psycopg: {loop}")
    print(f"bare Django view with one insert: {bare}")
    share, by_cpu = ours.speed / bare.speed, bare.milliseconds / ours.milliseconds
    verdict = "met" if share >= AIM else "short"
    print(f"ballots acknowledged: {ours}")
    print(
        f"{share:.0%} of the bare view ({by_cpu:.0%} by CPU), {ours.speed / loop.speed:.0%} of the loop; aim {AIM:.0%}: {verdict}"
    )
    p95 = statistics.quantiles(ours.times, n=20)[-1] * 1000
    verdict = "met" if ours.speed >= FLOOR and p95 < 1000 else "short"
    print(f"p95 {p95:.0f} ms at that load, floor {FLOOR} a second with p95 under 1 s: {verdict}")


def _in_turns(rig: Rig, voters: list[Voter], bare_port: int) -> tuple[Figures, Figures, Figures]:
    """Loop, bare view and ballots, one after the other, several times."""
    from ratusz.participation.voting.models import SealedBallot

    loop, bare, ours, acknowledged = Figures(), Figures(), Figures(), []
    web, bare_web = rig.web.pid, rig.beside[0].pid
    ballots = _casting(rig, acknowledged, ours.times)
    # Every thread of both has opened its connection before anything is measured.
    for work, port_of in ((ballots, web), (_bare_posts(bare_port), bare_web)):
        _at_once(rig, Figures(), voters[:WARM], work, port_of)
    ours.times.clear()
    rest, part = voters[WARM:], (len(voters) - WARM) // TURNS
    for turn in range(TURNS):
        mine = rest[turn * part : (turn + 1) * part]
        _at_once(rig, loop, list(range(turn * part, (turn + 1) * part)), _psycopg_loop(rig))
        _at_once(rig, bare, mine, _bare_posts(bare_port), bare_web)
        _at_once(rig, ours, mine, ballots, web)
    stored = set(SealedBallot.objects.exclude(code__startswith="LOOP").values_list("code", flat=True))
    assert stored == set(acknowledged) and len(acknowledged) == WARM + ours.number
    return loop, bare, ours


def _at_once(rig: Rig, figures: Figures, things: list, work: Callable[[int, list], None], web: int = 0) -> None:
    """All things by CLIENTS threads, into the figures."""
    threads = [threading.Thread(target=work, args=(n, things[n::CLIENTS])) for n in range(CLIENTS)]
    database = int((rig.database.data / "postmaster.pid").read_text().split()[0])
    before = _cpu(web), _cpu(database), time.process_time() * 1000, time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = _cpu(web), _cpu(database), time.process_time() * 1000, time.perf_counter()
    took = [end - start for start, end in zip(before, after, strict=True)]
    for name, milliseconds in zip(("web", "database", "client"), took[:3], strict=True):
        figures.cpu[name] += milliseconds
    figures.seconds += took[3]
    figures.number += len(things)


def _cpu(parent: int) -> float:
    """Milliseconds a process and its children have taken so far; of children that ended too."""
    if not parent:
        return 0.0
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, words = int(stat.parent.name), stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent in (pid, int(words[1])):
            total += sum(map(int, words[11:15] if pid == parent else words[11:13])) * TICK
    return total


def _psycopg_loop(rig: Rig) -> Callable[[int, list], None]:
    from ratusz.participation.voting import notices
    from ratusz.participation.voting.actions.casting import CAST

    notice = notices.sealed(notices.Notice("wyborca@example.pl", "x" * 32, rig.vote.pk, "pl"))
    common = {
        "vote": rig.vote.pk, "channel": "web", "age": "30-44", "district": "L1", "officer": None, "point": "", "entry": "{}",
        "line": os.urandom(32), "contact": os.urandom(32), "inner": os.urandom(600), "zone": "Europe/Warsaw", "notice": notice,
    }  # fmt: skip

    def work(part: int, numbers: list[int]) -> None:
        with psycopg.connect(host=str(rig.database.socket), user="app", dbname="ratusz", autocommit=True) as connection:
            for n in numbers:
                random = os.urandom(32)
                row = {"voter": random, "mac": random, "request": random, "link": random, "code": f"LOOP{n:023}"}
                connection.execute(CAST, common | row)

    return work


def _bare_view(rig: Rig) -> int:
    with psycopg.connect(host=str(rig.database.socket), user="owner", dbname="ratusz") as connection:
        connection.execute("CREATE TABLE bench_bare (form text); GRANT INSERT ON bench_bare TO app")
    os.environ["RATUSZ_BARE_SOCKET"] = str(rig.database.socket)
    return rig.start_beside("bench.bare_view:application")


def _bare_posts(port: int) -> Callable[[int, list], None]:
    def work(part: int, things: list) -> None:
        sender = Sender(port)
        for n in range(len(things)):
            assert sender.post("/", f"klucz={n}")[0] == 302

    return work


def _casting(rig: Rig, acknowledged: list[str], times: list[float]) -> Callable[[int, list], None]:
    def work(part: int, mine: list[Voter]) -> None:
        sender = Sender(rig.port)
        for voter in mine:
            begun = time.perf_counter()
            code = sender.cast(rig.path, voter)
            times.append(time.perf_counter() - begun)
            assert code, "a ballot was not acknowledged"
            acknowledged.append(code)

    return work


def _notices_later(number: int) -> None:
    """What the worker has left to do for each ballot: its place in the log, its notice into the outbox."""
    from ratusz.participation.voting.actions import chain_pending, tell_voters
    from ratusz.participation.voting.models import LogLeaf, WaitingNotice

    WaitingNotice.objects.exclude(pk__in=WaitingNotice.objects.values("pk")[: number // 6]).delete()
    begun, told = time.process_time(), 0
    while step := tell_voters():
        told += step
    words = f"later, by the worker: {(time.process_time() - begun) * 1000 / told:.2f} ms of its CPU to put a notice into the outbox"
    begun = time.process_time()
    while chain_pending():
        pass
    print(f"{words}, {(time.process_time() - begun) * 1000 / LogLeaf.objects.count():.2f} ms to give a place in the log")
