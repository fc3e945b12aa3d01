"""The edition's calendar as projects ask it: is a stage open at a moment of the database's clock."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ratusz.participation.budget.models import Edition


def is_open(edition: Edition, code: str, at: datetime) -> bool:
    """Whether the stage is open, an extension after an outage included."""
    stages = _stages()
    return stages is not None and stages.is_open(edition, code, at)


def ends_at(edition: Edition, code: str) -> datetime | None:
    """The first moment after the stage; None where the calendar has no such stage."""
    stages = _stages()
    found = stages.stage(edition, code) if stages else None
    return None if found is None else getattr(found, "extended_until", None) or found.ends_at


def _stages() -> Any:
    """The budget's calendar; without it nothing is open."""
    name = "ratusz.participation.budget.stages"
    return import_module(name) if find_spec(name) else None
