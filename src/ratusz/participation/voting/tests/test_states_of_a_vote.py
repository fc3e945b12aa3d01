"""E2 with few examples; `bench ballot_states` has thousands."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from ratusz.participation.voting.tests.vote_machine import VoteMachine

pytestmark = pytest.mark.django_db
COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@pytest.mark.slow
def test_each_voter_has_one_live_ballot_whatever_happens_in_whatever_order():
    run_state_machine_as_test(VoteMachine, settings=settings(max_examples=2, stateful_step_count=8, derandomize=True, **COMMON))


@pytest.mark.slow
def test_each_voter_has_one_live_ballot_in_many_more_orders():
    run_state_machine_as_test(VoteMachine, settings=settings(max_examples=6, stateful_step_count=15, **COMMON))
