"""The same work with nothing left of it, so that the time of an answer does not tell whether we know an address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rehearsed(*, is_real: bool) -> Iterator[None]:
    """A transaction that is kept when `is_real`, and taken back otherwise; what was to follow the commit does not either."""
    with transaction.atomic():
        yield
        if not is_real:
            transaction.set_rollback(True)
