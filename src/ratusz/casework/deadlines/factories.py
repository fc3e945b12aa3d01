"""Clocks for tests."""

from __future__ import annotations

from ratusz.casework.deadlines.actions import start_clock
from ratusz.casework.deadlines.models import Clock


def make_clock(**facts) -> Clock:
    """A running clock, a fortnight by default; give what matters."""
    number = Clock.objects.count() + 1
    return start_clock(
        **{"rule": "public_information.answer", "subject": f"test.case:{number}", "label": f"Sprawa {number}"} | facts
    )
