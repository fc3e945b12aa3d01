"""Several deeds begun at one moment, each in a connection of its own: what tests of races share."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

PATIENCE = 60
"""Seconds after which a gate that not everybody reached opens with an error instead of hanging the run."""


def at_once(*deeds: Callable[[], Any], refusals: tuple[type[Exception], ...] = (), workers: int = 0) -> list[Any]:
    """What came of each, in order; a refusal is what it gives. More deeds than `workers` follow as soon as one is free."""
    begin = min(len(deeds), workers or len(deeds))
    gate = threading.Barrier(begin)

    def run(number: int) -> Any:
        if number < begin:
            gate.wait(PATIENCE)
        try:
            return deeds[number]()
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(begin) as pool:
        return list(pool.map(run, range(len(deeds))))


def outcomes(*deeds: Callable[[], Any], refusals: tuple[type[Exception], ...]) -> list[str]:
    """What came of each in the order of the alphabet: "done" or the name of the refusal."""
    came = at_once(*deeds, refusals=refusals)
    return sorted(type(each).__name__ if isinstance(each, refusals) else "done" for each in came)


def cross(patch: Any, *steps: tuple[Any, str], moment: float = 0.2) -> None:
    """Each of these functions (owner, name) waits a moment for the others before it begins: deeds that take the same locks in
    another order than one another stand there with the first of them, and would wait for one another for ever."""
    gate = threading.Barrier(len(steps))

    def held(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            with contextlib.suppress(threading.BrokenBarrierError):
                gate.wait(moment)
            return step(*args, **named)

        return run

    for owner, name in steps:
        patch.setattr(owner, name, held(getattr(owner, name)))
