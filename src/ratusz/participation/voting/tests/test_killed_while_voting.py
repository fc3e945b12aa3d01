"""E1: web and PostgreSQL are killed, the disk is full while people vote: acknowledged is stored, each ballot once. The bench has more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.slow]


def done_by_bench(program: str) -> str:
    checkout = Path(__file__).resolve().parents[5]
    environment = os.environ | {"PYTHONPATH": f"{checkout / 'src'}:{checkout}"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], env=environment, cwd=checkout, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_acknowledged_is_stored_once_whatever_is_killed():
    assert "2 of 2 rounds" in done_by_bench("from bench.bench_ballot_faults import run; run(rounds=2)")


def test_a_full_disk_acknowledges_nothing_that_is_not_stored(tmp_path):
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path], capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a tmpfs")
    subprocess.run(["umount", tmp_path], check=True)
    said = done_by_bench("from bench.bench_ballot_disk import run; run(voters=300)")
    assert said.count("no false acknowledgement") == 2 and said.count("got its one receipt: met") == 2
