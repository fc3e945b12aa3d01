"""The loops of background processes: one ticks the schedule, the other does the work; both live through a lost database."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils.module_loading import import_string

from ratusz.foundation.audit import actions as audit
from ratusz.foundation.jobs import actions
from ratusz.foundation.jobs.registry import queues

logger = logging.getLogger("ratusz.jobs")
BATCH = 20


def tick_once() -> int:
    """One pass of the ticker: chains the record of deeds, plans what the schedule asks for, takes abandoned jobs back. Gives
    back how many changed."""
    seal = getattr(audit, "seal_pending", None)
    if seal:
        seal()
    return actions.tick(schedule=import_string(settings.RATUSZ_SCHEDULE)) + actions.sweep()


def work_once() -> int:
    """One pass over everything that waits: a batch of due jobs, then one batch of each other queue. 0 means that nothing waits."""
    return do_due_jobs() + sum(empty() for empty in queues)


def do_due_jobs() -> int:
    """One batch of due jobs; gives back how many were tried."""
    return actions.run_due(limit=BATCH)


def all_work() -> list[Callable[[], int]]:
    """What a worker does side by side, each in a thread of its own, so that a mail server that hangs delays mail only."""
    return [do_due_jobs, *queues]


class Loop:
    """Repeats one pass until stopped: at once while there is work, else after a pause. Survives a database that went away."""

    def __init__(self, work: Callable[[], int], pause: float = 1.0, keeps_busy: bool = False):
        self.work, self.pause, self.keeps_busy = work, pause, keeps_busy
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            busy = self._pass()
            if not (busy and self.keeps_busy):
                self.stopped.wait(self.pause)
        connection.close()

    def _pass(self) -> int:
        try:
            close_old_connections()
            return self.work()
        except Exception as error:
            # The class only: the text of a database error quotes values.
            logger.error("a pass of %s broke: %s", getattr(self.work, "__name__", "a queue"), type(error).__name__)
            if isinstance(error, Error):
                connection.close()
            return 0

    def stop(self, *_) -> None:
        self.stopped.set()


def run_until_told(*loops: Loop) -> None:
    """Runs the first loop here and the others in threads; SIGTERM and SIGINT let each finish what it has in hand."""

    def stop(*_):
        for loop in loops:
            loop.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    threads = [threading.Thread(target=loop.run, daemon=True) for loop in loops[1:]]
    for thread in threads:
        thread.start()
    loops[0].run()
    stop()
    for thread in threads:
        thread.join(timeout=10)
