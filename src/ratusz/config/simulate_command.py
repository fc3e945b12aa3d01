"""`ratusz budget simulate`: a whole vote of made-up residents on a database of its own, which is gone afterwards."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ratusz.config.database_server import DatabaseServer
from ratusz.config.home import home
from ratusz.config.progress import Step, Stopped, say
from ratusz.foundation.kit.command_line import PolishParser

USAGE = "ratusz budget simulate [--voters LICZBA] [--seed LICZBA]"
MOST_VOTERS = 200_000


def main(arguments: list[str]) -> int:
    """0: everything agrees and the changed byte was found; 1: something does not; 2: a wrong command."""
    parser = PolishParser(
        usage=USAGE,
        description="Całe głosowanie zmyślonych mieszkańców prawdziwą drogą: od zasad do programu sprawdzającego.",
        epilog="Kod wyjścia: 0 wszystko się zgadza; 1 coś się nie zgadza; 2 polecenie jest błędne.",
    )
    parser.add_argument("--voters", type=int, default=40_000, metavar="LICZBA", help="ilu mieszkańców głosuje (40000)")
    parser.add_argument("--seed", type=int, default=1, metavar="LICZBA", help="ziarno: te same osoby i wybory (1)")
    options = parser.parse_args(arguments)
    if not 1 <= options.voters <= MOST_VOTERS:
        raise Stopped(f"Liczba mieszkańców musi być od 1 do {MOST_VOTERS}.")
    return _on_own_database(home() / "symulacja", options.voters, options.seed)


def _on_own_database(folder: Path, voters: int, seed: int) -> int:
    """Neither the demo nor a named database is touched. The files of the vote stay, the database does not."""
    with _alone(folder):
        return _on_empty_folder(folder, voters, seed)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """A second simulation would empty the folder under the first one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Stopped("Symulacja już trwa w tym folderze danych. Poczekaj na jej koniec albo ustaw inny RATUSZ_HOME.") from busy
        yield


def _on_empty_folder(folder: Path, voters: int, seed: int) -> int:
    server = DatabaseServer(folder, is_for_tests=True)
    server.remove()
    shutil.rmtree(folder, ignore_errors=True)
    os.environ.pop("RATUSZ_DATABASE_URL", None)
    os.environ.pop("RATUSZ_DEMO", None)
    os.environ |= {"RATUSZ_HOME": str(folder), "RATUSZ_ROLE": "app"}
    try:
        with Step("Baza tylko dla symulacji"):
            server.start(ends_with_us=True)
            done = subprocess.run([sys.executable, "-m", "ratusz.config.prepare"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Stopped(f"Nie da się przygotować bazy symulacji:\n{done.stderr[-1000:]}")
        return _simulate(folder, voters, seed)
    finally:
        server.remove()
        for name in ("media", "static", "files", "secrets", "database.log"):
            path = folder / name
            path.unlink(missing_ok=True) if path.is_file() else shutil.rmtree(path, ignore_errors=True)


def _simulate(folder: Path, voters: int, seed: int) -> int:
    import django

    django.setup()
    logging.getLogger("ratusz.voting").setLevel(logging.WARNING)  # heads are signed far more often than in a real vote
    from django.db import connections

    from ratusz.participation.voting.simulation.course import Simulation
    from ratusz.participation.voting.simulation.summary import lines

    run = Simulation(voters, seed, Step)
    try:
        agrees = run.run(folder / "wynik")
        say()
        for line in lines(run):
            say(line)
        say(f"\nPliki: {folder / 'wynik'}")
    finally:
        connections.close_all()
    return 0 if agrees else 1
