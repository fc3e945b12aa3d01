"""Recount of all Katowice contests, files to verdict: a new process, reading, counting, comparing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
AIM = 5.0


def main(short: bool) -> None:
    """All 92 contests of 2020 to 2023; short: the city-wide ones alone."""
    shared = Path(os.environ.get("RATUSZ_SHARED") or CHECKOUT.parent / "shared") / "data" / "pabulib" / "katowice"
    paths = sorted(shared.glob("Poland_Katowice_????.pb.gz")) if short else [shared]
    if not shared.is_dir():
        print("left out, no shared data beside the checkout: the contests of Katowice")
        return
    before = os.times()
    started = time.perf_counter()
    command = [sys.executable, "-m", "ratusz.config.entry", "budget", "recount", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(CHECKOUT / "src")})
    seconds = time.perf_counter() - started
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    last = done.stdout.splitlines()[-1] if done.stdout else done.stderr
    if done.returncode:
        raise SystemExit(f"the recount failed: {last}")
    verdict = "short" if short else "met" if seconds < AIM else "short"
    which = "city-wide contests only (--short)" if short else "all Katowice contests"
    print(
        f"recount, {which}, {last}: ours {seconds:.2f} s ({cpu:.2f} s CPU), beside the limit {AIM:.0f} s, "
        f"ratio {seconds / AIM:.2f}, aim under 1, {verdict}"
    )


if __name__ == "__main__":
    main("--short" in sys.argv)
