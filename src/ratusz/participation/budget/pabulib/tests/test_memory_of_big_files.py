"""A gigabyte of anything is refused in a little memory, measured on a process of its own; so is what only looks like a contest."""

import gzip
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ratusz.participation.budget.pabulib.tests.test_refusing_malformed_files import GOOD

pytestmark = pytest.mark.slow
GIGABYTE = 1 << 30
MOST_MORE = 96 << 20
"""Bytes beyond what the process has before it reads."""
SCRIPT = """
import resource, sys
from pathlib import Path
from ratusz.participation.budget.formats import FormatError, read_any
from ratusz.participation.budget.pabulib import PabulibError
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_any(Path(sys.argv[1]))
except (FormatError, PabulibError) as error:
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024, error)
"""
HEAD, BALLOTS = GOOD.split("a;L1/01/X")[0], "0;L1/01/X;3;30\n"
MANY = HEAD.replace("num_votes;3", "num_votes;1000000")


def sparse(path: Path) -> None:
    """Zeros that take no room on the disk."""
    with open(path, "wb") as file:
        file.truncate(GIGABYTE)


def packed(head: str, block: str):
    """A gigabyte after unpacking: `head`, then `block` over and over."""

    def write(path: Path) -> None:
        part = (block * (1 + (1 << 20) // len(block))).encode()
        # A gzip file may consist of many members: packed once, written a thousand times.
        path.write_bytes(gzip.compress(head.encode()) + gzip.compress(part) * (GIGABYTE // len(part)))

    return write


def numbered(path: Path) -> None:
    """Ballots with a mark of their own each: as many as it takes."""
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(MANY)
        for begin in range(0, 1_200_000, 10_000):
            file.write("".join(f"{number};L1/01/X;3;30\n" for number in range(begin, begin + 10_000)))


def zipped(path: Path) -> None:
    meta, rest = HEAD.removeprefix("META\n").split("PROJECTS\n")
    projects, votes = rest.split("VOTES\n")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta.csv", meta)
        archive.writestr("projects.csv", projects)
        with archive.open("votes.csv", "w", force_zip64=True) as member, io.TextIOWrapper(member, "utf-8") as text:
            text.write(votes)
            for _ in range(1024):
                text.write(BALLOTS * ((1 << 20) // len(BALLOTS)))


FILES = {
    "zeros.pb": (sparse, "wiersz ma ponad 256 kB"),
    "zeros.json": (sparse, "plik JSON ma ponad 64 MB"),
    "zeros.zip": (sparse, "w pliku ZIP powinny być trzy pliki"),
    "one line.pb.gz": (packed("", "x"), "wiersz ma ponad 256 kB"),
    "same ballot.pb.gz": (packed(MANY, BALLOTS), "jest w pliku drugi raz"),
    "same ballot.zip": (zipped, "votes.csv, wiersz 3: głosujący 0 jest w pliku drugi raz"),
    "long lines.pb.gz": (packed(MANY, "x" * 200_000 + "\n"), "jedno pole jest dłuższe niż 131 072 znaki"),
    "blank lines.pb.gz": (packed(HEAD, "\n"), "plik ma ponad 3\u00a0000\u00a0000 wierszy"),
    "many keys.pb.gz": (packed("META\nkey;value\n", "".join(f"k{n};v\n" for n in range(100_000))), "ponad 1000 wierszy"),
    "many columns.pb.gz": (packed("META\nkey;" + ";".join(map(str, range(20_000))) + "\n", "\n"), "20\u00a0001\u00a0kolumn"),
    "many projects.pb.gz": (
        packed(GOOD.split("L1/01/X")[0].replace("num_projects;2", "num_projects;99999999"), "a;1;1\n"),
        "10\u00a0000",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_gigabyte_is_refused_in_a_little_memory(tmp_path, name):
    write, reason = FILES[name]
    write(tmp_path / name)
    more, said = measured(tmp_path / name)
    assert reason in said and more < MOST_MORE, (more, said)


def test_a_million_different_ballots_are_the_most_that_is_held(tmp_path):
    numbered(tmp_path / "many ballots.pb.gz")
    more, said = measured(tmp_path / "many ballots.pb.gz")
    assert "META podaje liczbę głosów 1000000, a w pliku jest ich co najmniej 100" in said and more < 400 << 20, (more, said)


def measured(path: Path) -> tuple[int, str]:
    """(bytes the process grew by, what it said)."""
    source = Path(__file__).resolve().parents[5]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, timeout=120, env={"PYTHONPATH": str(source)}
    )
    more, _, said = done.stdout.partition(" ")
    assert more, done.stderr
    return int(more), said
