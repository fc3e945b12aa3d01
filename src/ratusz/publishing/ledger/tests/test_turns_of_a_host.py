"""So many connections of one host and so many turns: on a clock of the test's own, so that a busy machine changes nothing."""

from __future__ import annotations

import threading
import types

import pytest

from ratusz.publishing.ledger import pace as module
from ratusz.publishing.ledger.pace import Pace

TARGET = types.SimpleNamespace(host="a")
NEVER = 60
"""Seconds after which a test that hangs is given up."""


class Clock:
    """Sleeping moves it on at once."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def test_no_more_connections_at_once_than_there_are_places():
    """Four pairs: nobody leaves before a second one is inside, and a third never is."""
    pace, pair = Pace(connections=2, seconds_between=0), threading.Barrier(2)
    lock, inside, seen = threading.Lock(), [0], []

    def ask():
        with pace.gate(TARGET):
            with lock:
                inside[0] += 1
                seen.append(inside[0])
            pair.wait(NEVER)
            with lock:
                inside[0] -= 1

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(NEVER)
    assert (len(seen), max(seen), inside) == (8, 2, [0])


def test_each_request_waits_for_its_turn_and_another_host_does_not(clock):
    pace, starts = Pace(seconds_between=0.5), []
    for _ in range(4):
        with pace.gate(TARGET) as arrived:
            starts.append(clock.now)
            arrived()
    assert starts == [0.0, 0.5, 1.0, 1.5]
    assert (pace.has_a_turn("a"), pace.has_a_turn("b")) == (False, True)
    clock.sleep(0.5)
    assert pace.has_a_turn("a")


def test_a_turn_is_reckoned_from_the_arrival_of_the_one_before(clock):
    """A request that is long on the way comes no nearer to the next one; overtaken, it brings no turn nearer."""
    pace = Pace(seconds_between=0.5)
    with pace.gate(TARGET) as first_arrived:
        clock.sleep(0.75)
        assert not pace.has_a_turn("a")
        first_arrived()
        with pace.gate(TARGET) as second_arrived:
            assert clock.now == 1.25
            with pace.gate(TARGET) as third_arrived:
                assert clock.now == 2.25, "where the second one is, nobody knows: the third waits for the longest way"
                clock.sleep(0.25)
                second_arrived()
                assert pace._turns["a"] == 3.25, "the turn that the third one's way put off stays"
            third_arrived()
            assert pace._turns["a"] == 3.0
