"""How often one host is asked: at most ten connections at once and two requests a second, whoever asks in this process."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CONNECTIONS_A_HOST = 10
SECONDS_BETWEEN = 0.55
"""A little over half a second: on the way requests come nearer together, and three must not meet within one second."""


class Pace:
    """Turns and places by host. A thread waits for its turn inside the gate; a planner asks first whether there is one."""

    def __init__(self, connections: int = CONNECTIONS_A_HOST, seconds_between: float = SECONDS_BETWEEN):
        self.seconds_between = seconds_between
        self._lock = threading.Lock()
        self._turns: dict[str, float] = {}
        self._places: defaultdict[str, threading.BoundedSemaphore] = defaultdict(lambda: threading.BoundedSemaphore(connections))

    @contextmanager
    def gate(self, target: Any) -> Iterator[None]:
        """Holds one of the host's places while a request lasts, and lets it start only when its turn has come."""
        with self._lock:
            place = self._places[target.host]
        with place:
            time.sleep(self._wait_for_turn(target.host))
            yield

    def _wait_for_turn(self, host: str) -> float:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._turns.get(host, 0.0))
            self._turns[host] = turn + self.seconds_between
        return turn - now

    def has_a_turn(self, host: str) -> bool:
        """Whether a request to the host could start now."""
        with self._lock:
            return self._turns.get(host, 0.0) <= time.monotonic()
