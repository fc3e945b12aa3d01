"""The tests' database lies in memory only where there is room for it and nobody else has put anything in its place."""

from __future__ import annotations

import fcntl
import os
import time

import pytest

from ratusz.config import home_for_tests
from ratusz.config.home_for_tests import NEEDED_BYTES


@pytest.fixture
def memory(tmp_path, monkeypatch):
    """A folder in the place of memory with plenty of room; gives what says how much there is."""
    folder, meminfo = tmp_path / "shm", tmp_path / "meminfo"
    folder.mkdir()
    meminfo.write_text(f"MemTotal: 1 kB\nMemAvailable:   {NEEDED_BYTES // 1024 + 1} kB\n")
    monkeypatch.setattr(home_for_tests, "MEMORY", folder)
    monkeypatch.setattr(home_for_tests, "MEMINFO", meminfo)
    monkeypatch.setattr(home_for_tests.shutil, "disk_usage", lambda path: _Usage(NEEDED_BYTES))
    return meminfo


class _Usage:
    def __init__(self, free: int):
        self.free = free


def test_one_home_has_one_folder_in_memory(memory, tmp_path):
    first, again = (home_for_tests.home_for_tests(tmp_path / "home") for _time in range(2))
    assert first == again and first.parent == home_for_tests.MEMORY
    assert first.is_dir(), "nobody else can put anything there before the first use"
    assert home_for_tests.home_for_tests(tmp_path / "other") != first


def test_without_room_or_where_nobody_says_how_much_it_is_the_home(memory, tmp_path, monkeypatch):
    home = tmp_path / "home"
    for words in (f"MemAvailable: {NEEDED_BYTES // 1024 - 1} kB\n", "MemTotal: 9999999999 kB\n"):
        memory.write_text(words)
        assert home_for_tests.home_for_tests(home) == home / "tests"
    memory.unlink()
    assert home_for_tests.home_for_tests(home) == home / "tests"


def test_a_small_memory_is_not_filled(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(home_for_tests.shutil, "disk_usage", lambda path: _Usage(64_000_000))
    assert home_for_tests.home_for_tests(tmp_path / "home") == tmp_path / "home" / "tests"


def test_what_no_run_used_for_a_day_is_removed_unless_its_server_runs(memory, tmp_path):
    used, idle, running, last = (home_for_tests.home_for_tests(tmp_path / str(number)) for number in range(4))
    with open(running / "database.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (used / "database.log").write_text("today")
        long_ago = time.time() - home_for_tests.IDLE_SECONDS - 60
        for path in (running / "database.lock", used, idle, running, last):
            os.utime(path, (long_ago, long_ago))
        assert home_for_tests.home_for_tests(tmp_path / "3") == last
    assert set(home_for_tests.MEMORY.iterdir()) == {used, running, last}


@pytest.mark.parametrize("kind", ["link", "file", "owner"])
def test_what_somebody_else_has_put_there_is_left_alone(memory, tmp_path, monkeypatch, kind):
    home = tmp_path / "home"
    folder = home_for_tests.home_for_tests(home)
    if kind != "owner":
        folder.rmdir()
    if kind == "link":
        folder.symlink_to(tmp_path)
    elif kind == "file":
        folder.write_text("")
    else:
        # The folder of this user's number, made by another one.
        monkeypatch.setattr(home_for_tests, "_owner", lambda found: found.st_uid + 1)
    assert home_for_tests.home_for_tests(home) == home / "tests"
