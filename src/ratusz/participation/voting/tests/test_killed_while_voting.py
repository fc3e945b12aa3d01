"""E1: the web and PostgreSQL are killed while people vote; what was acknowledged is stored, each ballot once. Few rounds; the bench has all."""

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.slow]


def test_acknowledged_is_stored_once_whatever_is_killed():
    import os
    import subprocess
    import sys
    from pathlib import Path

    checkout = Path(__file__).resolve().parents[5]
    program = "from bench.bench_ballot_faults import run; run(rounds=2)"
    environment = os.environ | {"PYTHONPATH": f"{checkout / 'src'}:{checkout}"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], env=environment, cwd=checkout, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "2 of 2 rounds" in done.stdout
