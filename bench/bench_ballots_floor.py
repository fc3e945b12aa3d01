"""The floor of casting: 25 ballots a second for ten minutes with p95 under a second, then ten times that for a minute.

Voters come at their moments whether the last one was answered or not, timed from that moment, so that a stall shows in full.
A worker beside gives entries of the log their places and puts notices into the outbox, as it would.
"""

from __future__ import annotations

import os
import queue
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench.ballot_rig import Rig, Sender, Voter

RATE, SECONDS, SECONDS_SHORT = 25, 600, 30
SURGE, SURGE_SECONDS, SURGE_SHORT = 250, 60, 10
CLIENTS = 48
PATIENCE = 120
"""Seconds for which a voter of the surge sends the form again when no receipt came."""
WORKER = """
import threading, django
django.setup()
from ratusz.foundation.jobs.loops import Loop
from ratusz.participation.voting.actions import chain_pending, tell_voters
loops = [threading.Thread(target=Loop(work, 1.0, True).run) for work in (chain_pending, tell_voters)]
[loop.start() for loop in loops]
[loop.join() for loop in loops]
"""


def main(short: bool) -> None:
    """Short: 30 s and 10 s instead of 10 minutes and one."""
    seconds, surge = (SECONDS_SHORT, SURGE_SHORT) if short else (SECONDS, SURGE_SECONDS)
    with Rig() as rig:
        rig.open_vote()
        voters = rig.voters(RATE * seconds + SURGE * surge + CLIENTS)
        rig.start_web()
        worker = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WORKER], stderr=subprocess.DEVNULL, cwd=Path(__file__).parent.parent
        )
        try:
            _run(rig, voters[:CLIENTS], SURGE)
            calm, rush = voters[CLIENTS : CLIENTS + RATE * seconds], voters[CLIENTS + RATE * seconds :]
            codes = _report(f"{RATE} a second for {seconds} s", *_run(rig, calm, RATE), limit=1.0)
            codes |= _report(f"{SURGE} a second for {surge} s", *_run(rig, rush, SURGE), limit=0.0)
            _nothing_lost(calm + rush, codes)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()


def _run(rig: Rig, voters: list[Voter], rate: int) -> tuple[dict[bytes, str], list[float], int, float]:
    """(receipts by voter, seconds to each, sendings without one, seconds it took in all)."""
    due: queue.Queue[tuple[float, Voter] | None] = queue.Queue()
    codes, times, missed = {}, [], []

    def client() -> None:
        sender = Sender(rig.port)
        while each := due.get():
            moment, voter = each
            end = moment + PATIENCE
            while not (code := sender.cast(rig.path, voter)) and time.perf_counter() < end:
                missed.append(voter)
                time.sleep(0.2)
            times.append(time.perf_counter() - moment)
            if code:
                codes[voter.key] = code

    threads = [threading.Thread(target=client) for _n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    begun = time.perf_counter()
    for n, voter in enumerate(voters):
        moment = begun + n / rate
        time.sleep(max(0.0, moment - time.perf_counter()))
        due.put((moment, voter))
    for _thread in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return codes, times, len(missed), time.perf_counter() - begun


def _report(what: str, codes: dict[bytes, str], times: list[float], missed: int, took: float, limit: float) -> dict[bytes, str]:
    cuts = statistics.quantiles(times, n=100)
    p50, p95, p99 = (cuts[n] * 1000 for n in (49, 94, 98))
    verdict = f", p95 under {limit:.0f} s: {'met' if cuts[94] < limit and not missed else 'short'}" if limit else ""
    print(
        f"{what}: {len(codes)} of {len(times)} acknowledged in {took:.0f} s, {missed} sendings without a receipt; "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, longest {max(times) * 1000:.0f} ms{verdict}; "
        f"load of the machine {os.getloadavg()[1]:.1f}",
        flush=True,
    )
    return codes


def _nothing_lost(voters: list[Voter], codes: dict[bytes, str]) -> None:
    from ratusz.participation.voting.models import SealedBallot, VoterRollEntry

    keys = [voter.key for voter in voters]
    stored = {bytes(key): code for key, code in SealedBallot.objects.filter(voter_key__in=keys).values_list("voter_key", "code")}
    lost = [key for key, code in codes.items() if stored.get(key) != code]
    assert not lost, f"{len(lost)} acknowledged ballots are not stored"
    assert len(stored) == VoterRollEntry.objects.filter(voter_key__in=keys).count() >= len(codes)
    print(f"{len(codes)} acknowledged, all stored, each once; {len(stored)} stored in all: met")
