"""Where the tests keep their database: in memory where there is plenty of it, else inside the home.

After every test that commits, the database is copied anew: a thousand files, which take a tenth of a second in memory and two or
three on a disk that is busy.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import time
from pathlib import Path

from ratusz.config.database_server import DatabaseServer

MEMORY = Path("/dev/shm")
MEMINFO = Path("/proc/meminfo")
NEEDED_BYTES = 4_000_000_000
"""Free in memory before a database is put there: ten times what it grows to."""
IDLE_SECONDS = 86_400
"""Homes come and go with checkouts: what no run used for so long only takes memory away."""


def home_for_tests(home: Path) -> Path:
    """The folder of the tests of one home, the same in every run: the migrated template is kept until nobody uses it for a day."""
    name = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    folder = MEMORY / f"{_beginning()}{name}"
    is_there = _there_is_room() and _is_made(folder)
    _remove_idle(but=folder)
    return folder if is_there else home / "tests"


def _beginning() -> str:
    return f"ratusz-tests-{os.getuid()}-"


def _is_made(folder: Path) -> bool:
    """Made first and looked at afterwards: everybody may write beside it, and nobody can come between a look and the making."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return False
    if is_ours := _is_ours(folder):
        folder.touch()
    return is_ours


def _is_ours(folder: Path) -> bool:
    """Not what somebody else has put there, be it a link or a folder with our number."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and _owner(found) == os.getuid()


def _remove_idle(but: Path) -> None:
    for folder in MEMORY.glob(_beginning() + "*"):
        # Another run may be removing it, too.
        with contextlib.suppress(FileNotFoundError):
            if folder != but and _is_ours(folder) and _seconds_idle(folder) > IDLE_SECONDS:
                _remove(DatabaseServer(folder))


def _remove(server: DatabaseServer) -> None:
    if not server.is_running():
        server.remove()
        shutil.rmtree(server.home, ignore_errors=True)


def _seconds_idle(folder: Path) -> float:
    return time.time() - max(each.lstat().st_mtime for each in (folder, *folder.iterdir()))


def _owner(found: os.stat_result) -> int:
    return found.st_uid


def _there_is_room() -> bool:
    try:
        available = re.search(r"^MemAvailable:\s+(\d+) kB", MEMINFO.read_text(), re.MULTILINE)
        free = shutil.disk_usage(MEMORY).free
    except OSError:
        return False
    return available is not None and min(free, int(available[1]) * 1024) >= NEEDED_BYTES
