"""Telling others only after the facts are durable."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import transaction


def after_commit(function: Callable, *arguments, **named) -> None:
    """Calls `function` once the transaction is committed; never after a rollback; at once when there is no transaction.

    What fails there is logged and keeps neither the other calls nor the answer from the person whose deed is already stored, so a
    duty that must not be lost is a row written inside the transaction, and this only wakes its worker.
    """

    # A plain function, because Django's log line of a failure asks for its __qualname__.
    @wraps(function, assigned=("__module__",), updated=())
    def call() -> None:
        function(*arguments, **named)

    transaction.on_commit(call, robust=True)
