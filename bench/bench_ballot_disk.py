"""A full disk while people vote: nothing is acknowledged that is not stored, refusals are 503, freed space is all that is needed.

The database lies on a small disk in memory, which root alone can make. First its tables cannot grow, then its write-ahead log
cannot either, which PostgreSQL answers by stopping.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.ballot_rig import Rig, Sender, Voter

VOTERS, VOTERS_SHORT = 3_000, 600
SIZE = "460m"
LEFT = 100_000
"""Bytes that stay free when people begin to vote: enough for some, not for all."""
ENOUGH = 25
"""Refusals after which the disk is freed."""


@dataclass
class SmallDisk:
    """A folder on a disk of its own, for `Rig.folder`."""

    name: str = field(default_factory=lambda: tempfile.mkdtemp(prefix="rb"))

    def __post_init__(self) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", self.name], check=True)

    def cleanup(self) -> None:
        """Takes it away; a process that is about to end may hold it for a moment."""
        for _try in range(50):
            if subprocess.run(["umount", self.name], capture_output=True).returncode == 0:
                os.rmdir(self.name)
                return
            time.sleep(0.1)

    @property
    def filler(self) -> Path:
        return Path(self.name) / "filler"

    def fill(self, left: int) -> None:
        """All but so many bytes."""
        with self.filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(1 << 20))
        with self.filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        os.truncate(self.filler, max(0, self.filler.stat().st_size - left))

    def free(self) -> None:
        self.filler.unlink()


def main(short: bool) -> None:
    """Short: 600 voters instead of 3,000."""
    run(voters=VOTERS_SHORT if short else VOTERS)


def run(*, voters: int) -> None:
    """Tables full, freed; then the write-ahead log full as well, freed."""
    disk = SmallDisk()
    with Rig(folder=disk) as rig:
        rig.open_vote()
        people = rig.voters(voters)
        rig.start_web()
        sender, part = Sender(rig.port), voters // 2
        codes = {voter.key: code for voter in people[:20] if (code := sender.cast(rig.path, voter))}
        assert len(codes) == 20
        _full(rig, disk, people[20:part], codes, "tables", is_log_full=False)
        _full(rig, disk, people[part:], codes, "write-ahead log", is_log_full=True)


def _full(rig: Rig, disk: SmallDisk, people: list[Voter], codes: dict[bytes, str], what: str, *, is_log_full: bool) -> None:
    disk.fill(0 if is_log_full else LEFT)
    if is_log_full:
        _use_up_the_log(rig)
    sender, refused, asked = Sender(rig.port), [], []
    for voter in people:
        status, code = sender.answer(rig.path, voter)
        asked.append(voter)
        if code:
            codes[voter.key] = code
        else:
            refused.append(status)
        if len(refused) >= ENOUGH:
            break
    assert len(refused) >= ENOUGH, f"the disk never got full: {len(refused)} refused of {len(asked)}"
    assert set(refused) == {503}, f"refused otherwise than by 503: {sorted(set(refused))}"
    disk.free()
    stopped = not rig.database.is_running()
    if stopped:
        # What the service manager does with a database that ended; nothing is repaired by hand.
        rig.database.start(ends_with_us=True)
    begun = time.perf_counter()
    while not sender.cast(rig.path, people[0]):
        assert time.perf_counter() - begun < 60, "no ballot is taken although there is room again"
        time.sleep(0.1)
    back = time.perf_counter() - begun
    _check(rig, codes)
    for voter in asked:
        code = sender.cast(rig.path, voter)
        assert code and codes.get(voter.key, code) == code, "sent again, the form got another receipt or none"
        codes[voter.key] = code
    _check(rig, codes, is_whole=True)
    print(
        f"{what} full: {len(asked) - len(refused)} of {len(asked)} taken before, {len(refused)} refused with 503, no false "
        f"acknowledgement; {'PostgreSQL stopped and was started; ' if stopped else ''}ballots again {back:.1f} s after room was "
        "made, every form sent again got its one receipt: met",
        flush=True,
    )


def _use_up_the_log(rig: Rig) -> None:
    """Segments that are ready are used; the next one finds no room."""
    import psycopg

    where = {"host": str(rig.database.socket), "user": "postgres", "dbname": "ratusz", "autocommit": True}
    with contextlib.suppress(psycopg.Error), psycopg.connect(**where) as connection:
        for _turn in range(40):
            connection.execute("SELECT pg_logical_emit_message(false, 'bench', 'x')")
            connection.execute("SELECT pg_switch_wal()")


def _check(rig: Rig, codes: dict[bytes, str], is_whole: bool = False) -> None:
    from django.db import connections

    from ratusz.participation.voting.models import PendingLeaf, SealedBallot, VoterRollEntry, WaitingNotice

    connections.close_all()
    stored = {bytes(key): code for key, code in SealedBallot.objects.values_list("voter_key", "code")}
    lost = [key for key, code in codes.items() if stored.get(key) != code]
    assert not lost, f"{len(lost)} acknowledged ballots are not stored"
    parts = (VoterRollEntry.objects.count(), PendingLeaf.objects.count(), WaitingNotice.objects.count())
    assert parts == (len(stored),) * 3, (parts, len(stored))
    assert not is_whole or stored == codes
