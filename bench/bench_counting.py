"""Counting beside pabutools: the same ballots, the same winners, CPU seconds and memory.

pabutools is GPL and pulls a proprietary solver, so it lives in an environment of its own (RATUSZ_HOME/bench-env), made here at the
first run, and works in a process of its own. Seconds are CPU seconds of the rule alone, ballots already in memory, on both sides:
a busy machine then troubles neither. Equal Shares starts from a pool rounded down to whole złoty a ballot, because pabutools adds
its złoty to the exact share and we to the whole one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np

from ratusz.config.home import home
from ratusz.participation.budget.engine import BallotRule, Ballots, EqualShares, Project, Rules, count
from ratusz.participation.budget.pabulib import read_file

PEER = "pabutools==1.2.3"
CHECKOUT = Path(__file__).resolve().parent.parent
AIM_FASTER, AIM_MEMORY = 100, 2.0
CITIES = (
    "katowice/Poland_Katowice_2020",
    "katowice/Poland_Katowice_2021",
    "katowice/Poland_Katowice_2022",
    "katowice/Poland_Katowice_2023",
    "czestochowa/Poland_Czestochowa_2025",
    "gdynia/Poland_Gdynia_2020",
    "poznan/Poland_Poznan_2023",
    "krakow/Poland_Krakow_2024",
)


def peer_python() -> Path:
    """The Python of the peer's environment, made when it is not there."""
    folder = home() / "bench-env"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        uv = shutil.which("uv")
        make = [uv, "venv", "-q", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
        install = [uv, "pip", "install", "-q", "--python", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
        subprocess.run([*make, str(folder)], check=True)
        subprocess.run([*install, PEER], check=True, capture_output=True)
        (folder / "ready").write_text(PEER)
    return python


def counted_by_peer(python: Path, costs, budget: int, ballots: Ballots, method: str) -> tuple[list[int], float]:
    """(winners, CPU seconds) of pabutools for costs and budget in whole złoty."""
    cuts = ballots.starts.tolist()
    choices, points = ballots.choices.tolist(), None if ballots.points is None else ballots.points.tolist()
    task = {
        "costs": costs,
        "budget": budget,
        "method": method,
        "ballots": [choices[a:b] for a, b in zip(cuts, cuts[1:], strict=False)],
        "points": None if points is None else [points[a:b] for a, b in zip(cuts, cuts[1:], strict=False)],
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(task, file)
        file.flush()
        script = CHECKOUT / "bench" / "pabutools_peer.py"
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run([str(python), str(script), file.name], check=True, capture_output=True, text=True, env=clean)
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["winners"], answer["seconds"]


def counted_here(costs, budget: int, ballots: Ballots, method: str) -> tuple[list[int], float, float]:
    """(winners, CPU seconds: the best of three, peak memory with the ballots' arrays to those arrays)."""
    projects = [Project(f"{index:06}", cost * 100) for index, cost in enumerate(costs)]
    kind = "approval" if ballots.points is None else "cumulative"
    selection = "skip" if method == "greedy" else "mes"
    rules = Rules(BallotRule(kind), rank_key="points", selection=selection, tie_chain=("earlier_number",), mes=EqualShares())
    seconds = []
    for _ in range(3):
        started = time.process_time()
        outcome = count(rules, budget * 100, projects, ballots)
        seconds.append(time.process_time() - started)
    return sorted(int(number) for number in outcome.winners), min(seconds), memory(rules, budget, projects, ballots)


def memory(rules: Rules, budget: int, projects, ballots: Ballots) -> float:
    """Peak of a count, the ballots' own arrays included, as a multiple of those arrays."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    count(rules, budget * 100, projects, ballots)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return (ballots.nbytes + peak) / ballots.nbytes


def city(path: Path) -> tuple[list[int], int, Ballots]:
    """(costs, pool, ballots) of a published contest, whole złoty; points of a ranked ballot written out."""
    contest = read_file(path)
    ballots = contest.ballots.scored((3, 2, 1)) if contest.ballot_type == "ranked" else contest.ballots
    return [cost // 100 for cost in contest.costs], contest.budget // 100, ballots


def made_up(projects: int, voters: int) -> tuple[list[int], int, Ballots]:
    """Approval ballots of 5 to 15 projects, some projects far more popular than others; the same at every run.

    Costs grow with the voters, so that a purse holds the same and the completion takes as many steps at any size.
    """
    random = np.random.default_rng(20_261_124)
    popularity = random.dirichlet(np.full(projects, 2.0))
    lengths = random.integers(5, 16, voters)
    parts = []
    for begin in range(0, voters, 10_000):
        waiting = random.exponential(size=(min(10_000, voters - begin), projects)) / popularity
        order = np.argsort(waiting, axis=1)
        parts += [row[:length] for row, length in zip(order, lengths[begin:], strict=False)]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    costs = (random.integers(20, 500, projects) * voters // 100).tolist()
    return costs, sum(costs) // 4, Ballots(starts, np.concatenate(parts).astype(np.int32))


def one(python: Path, name: str, instance, method: str) -> None:
    costs, budget, ballots = instance
    if method == "equal shares":
        budget = budget // len(ballots) * len(ballots)
    here, ours, _ = counted_here(costs, budget, ballots, method)
    there, theirs = counted_by_peer(python, costs, budget, ballots, method)
    if here != there:
        raise SystemExit(f"{name}: other winners than pabutools: {sorted(set(here) ^ set(there))}")
    ratio = theirs / ours
    verdict = "met" if ratio >= AIM_FASTER else "short"
    size = f"{len(costs)} projects × {len(ballots):,} ballots, {len(here)} equal winners"
    print(
        f"counting {method}, {name} ({size}): ours {ours:.4f} s CPU, beside pabutools {theirs:.2f} s CPU, "
        f"ratio {ratio:.0f}, aim {AIM_FASTER}, {verdict}"
    )


def one_memory(name: str, instance, method: str) -> None:
    costs, budget, ballots = instance
    held = counted_here(costs, budget, ballots, method)[2]
    arrays = ballots.nbytes / 2**20
    print(
        f"memory {method}, {name}: ours {held * arrays:.1f} MB at the peak, beside the ballots' arrays {arrays:.1f} MB, "
        f"ratio {held:.2f}, aim under {AIM_MEMORY:.0f}, {'met' if held < AIM_MEMORY else 'short'}"
    )


def main(short: bool) -> None:
    """All city-wide contests at hand and 100 projects × 100,000 ballots; short: one contest, greedy, and 100 × 4,000."""
    python = peer_python()
    shared = Path(os.environ.get("RATUSZ_SHARED") or CHECKOUT.parent / "shared") / "data" / "pabulib"
    if short:
        print("smaller instances (--short): one city, greedy alone; 100 projects × 4,000 ballots")
    for path in CITIES[: 1 if short else None]:
        if not (shared / f"{path}.pb.gz").exists():
            print(f"pominięte, brakuje pliku {shared / path}.pb.gz (inny folder wskazuje zmienna RATUSZ_SHARED)")
            continue
        instance = city(shared / f"{path}.pb.gz")
        for method in ("greedy",) if short else ("greedy", "equal shares"):
            one(python, path.split("Poland_")[1].replace("_", " "), instance, method)
    projects, voters = (100, 4_000) if short else (100, 100_000)
    instance = made_up(projects, voters)
    for method in ("greedy", "equal shares"):
        one(python, f"made up {projects} × {voters:,}", instance, method)
    big = made_up(100, 100_000)
    for method in ("greedy", "equal shares"):
        one_memory("made up 100 × 100,000", big, method)


if __name__ == "__main__":
    main("--short" in sys.argv)
