"""The edition's calendar as projects ask it: is a stage open at a moment of the database's clock, and until when."""

from __future__ import annotations

from datetime import datetime

from ratusz.participation.budget import stages
from ratusz.participation.budget.models import Edition


def is_open(edition: Edition, code: str, at: datetime) -> bool:
    """Whether the stage is open, an extension after an outage included."""
    return stages.is_open(edition, code, at)


def ends_at(edition: Edition, code: str) -> datetime | None:
    """The first moment after the stage; None where the calendar has no such stage."""
    found = stages.stage(edition, code)
    return None if found is None else found.closes_at
