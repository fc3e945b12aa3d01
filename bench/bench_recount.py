"""Recount of published contests, files to verdict: all Katowice ones against the clock, then each city's by its preset."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path

from ratusz.config.progress import Stopped
from ratusz.participation.budget.pabulib import read_file
from ratusz.participation.budget.recount.compare import Recount, recount
from ratusz.participation.budget.recount.wording import place, remarks

CHECKOUT = Path(__file__).resolve().parent.parent
AIM = 5.0
WITHOUT_DATA = """Nie ma czego zmierzyć: brakuje plików z głosami. Powinny leżeć w folderze
  {folder}
Inny folder wskazuje zmienna RATUSZ_SHARED (jest w nim data/pabulib/katowice): RATUSZ_SHARED=/ścieżka ./ratusz bench recount"""
"""The ballots are no part of the checkout."""


def main(short: bool) -> None:
    """All 92 contests of 2020 to 2023, then the other cities'; short: Katowice's city-wide ones alone."""
    shared = Path(os.environ.get("RATUSZ_SHARED") or CHECKOUT.parent / "shared") / "data" / "pabulib"
    katowice = shared / "katowice"
    if not katowice.is_dir():
        raise Stopped(WITHOUT_DATA.format(folder=katowice))
    against_the_clock(sorted(katowice.glob("Poland_Katowice_????.pb.gz")) if short else [katowice], short)
    if not short:
        by_city(shared)


def against_the_clock(paths: list[Path], short: bool) -> None:
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


def by_city(shared: Path) -> None:
    """One line a preset; under it, in the recount's own words, what each of its contests needed besides the rules."""
    files = sorted(path for path in shared.rglob("*.pb*") if path.is_file())
    done = [recount(path, read_file(path)) for path in files]
    for name, group in groupby(sorted(done, key=lambda one: one.rules_name), key=lambda one: one.rules_name):
        contests = list(group)
        identical = sum(one.identical for one in contests)
        print(f"by preset {name}: identical {identical} of {len(contests)} contests")
        for one in contests:
            say(one)


def say(one: Recount) -> None:
    for remark in remarks(one):
        print(f"    {place(one)}: {remark}")


if __name__ == "__main__":
    main("--short" in sys.argv)
