"""Where the tests keep their database: in memory where there is plenty of it, else inside the home.

After every test that commits, the database is copied anew: a thousand files, which take a tenth of a second in memory and two or
three on a disk that is busy.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
MEMINFO = Path("/proc/meminfo")
NEEDED_BYTES = 4_000_000_000
"""Free in memory before a database is put there: ten times what it grows to."""


def home_for_tests(home: Path) -> Path:
    """The folder of the tests of one home, the same in every run: the migrated template is kept until the machine restarts."""
    name = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    folder = MEMORY / f"ratusz-tests-{os.getuid()}-{name}"
    return folder if _may_be_ours(folder) and _there_is_room() else home / "tests"


def _may_be_ours(folder: Path) -> bool:
    """Everybody may write beside it, so a folder or a link that somebody else has put there is left alone."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return True
    return _owner(found) == os.getuid() and not folder.is_symlink()


def _owner(found: os.stat_result) -> int:
    return found.st_uid


def _there_is_room() -> bool:
    try:
        available = re.search(r"^MemAvailable:\s+(\d+) kB", MEMINFO.read_text(), re.MULTILINE)
        free = shutil.disk_usage(MEMORY).free
    except OSError:
        return False
    return available is not None and min(free, int(available[1]) * 1024) >= NEEDED_BYTES
