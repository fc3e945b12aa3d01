"""E2: thousands of votes of ten voters on three ways, opened, closed, extended and annulled in any order, beside a plain model."""

from __future__ import annotations

import time

from bench.ballot_rig import Rig

RUNS, RUNS_SHORT, STEPS = 5_000, 100, 20


def main(short: bool) -> None:
    """Short: 100 runs instead of 5,000."""
    runs = RUNS_SHORT if short else RUNS
    with Rig():
        from hypothesis import HealthCheck, settings
        from hypothesis.stateful import run_state_machine_as_test

        from ratusz.participation.voting.tests.vote_machine import VoteMachine

        begun = time.monotonic()
        checks = list(HealthCheck)
        run_state_machine_as_test(
            VoteMachine,
            settings=settings(
                max_examples=runs, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks, database=None
            ),
        )
    print(
        f"{runs} runs of up to {STEPS} steps, at most one live ballot a voter, sums match: met ({time.monotonic() - begun:.0f} s)"
    )
