"""One transaction in which something leaves the house; what was held takes it back and stays on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import hold_back, holds_on, stopping
from ratusz.publishing.editing.rules import Held


@contextmanager
def letting_out() -> Iterator[None]:
    """For an action as a decorator, or around a part of one; Held goes on to whoever asked."""
    try:
        with transaction.atomic():
            yield
    except Held as refusal:
        at = database_now()
        with transaction.atomic():
            for outgoing in refusal.outgoing:
                # Asked once more: beside what is held stand things of the same set that nobody holds.
                if stopping(holds_on(outgoing, at), outgoing):
                    hold_back(outgoing, at)
        raise
