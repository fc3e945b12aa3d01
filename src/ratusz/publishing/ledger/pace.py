"""How often one host is asked: at most ten connections at once and two requests a second, whoever asks in this process."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

CONNECTIONS_A_HOST = 10
SECONDS_BETWEEN = 0.55
"""From one request's arrival to the next one's start: a little over half a second, so three never meet within one second."""


class Pace:
    """Turns and places by host. A thread waits for its turn inside the gate; a planner asks first whether there is one."""

    def __init__(self, connections: int = CONNECTIONS_A_HOST, seconds_between: float = SECONDS_BETWEEN):
        self.seconds_between = seconds_between
        self.longest_way = 2 * seconds_between
        """How long the next one waits for a request of which it is not known whether the host has it."""
        self._lock = threading.Lock()
        self._turns: dict[str, float] = {}
        self._starts: dict[str, float] = {}
        self._places: defaultdict[str, threading.BoundedSemaphore] = defaultdict(lambda: threading.BoundedSemaphore(connections))

    @contextmanager
    def gate(self, target: Any) -> Iterator[Callable[[], None]]:
        """Holds one of the host's places while a request lasts, and lets it start only when its turn has come.

        Gives what is to be called once the host has the connection: only from then can the next turn be reckoned.
        """
        with self._lock:
            place = self._places[target.host]
        with place:
            start = self._wait_for_turn(target.host)
            yield lambda: self._arrived(target.host, start)

    def _wait_for_turn(self, host: str) -> float:
        """A sleeper may wake late, so the turn is taken when it is there and not ahead of time."""
        while True:
            with self._lock:
                now, turn = time.monotonic(), self._turns.get(host, 0.0)
                if turn <= now:
                    self._turns[host], self._starts[host] = now + self.longest_way, now
                    return now
            time.sleep(turn - now)

    def _arrived(self, host: str, start: float) -> None:
        with self._lock:
            turn = time.monotonic() + self.seconds_between
            # One that was long on the way and overtaken puts the turn off, but brings none nearer.
            self._turns[host] = turn if self._starts[host] == start else max(turn, self._turns[host])

    def has_a_turn(self, host: str) -> bool:
        """Whether a request to the host could start now."""
        with self._lock:
            return self._turns.get(host, 0.0) <= time.monotonic()
