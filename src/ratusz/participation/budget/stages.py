"""The calendar of an edition as other rooms ask it: which period a stage has, whether it is open at a moment."""

from __future__ import annotations

from datetime import datetime

from ratusz.participation.budget.models import Edition, Stage


def stage(edition: Edition, code: str) -> Stage | None:
    """The stage of an edition; None where its calendar has no such stage."""
    return Stage.objects.filter(edition=edition, code=code).first()


def is_open(edition: Edition, code: str, at: datetime) -> bool:
    """Whether the stage of an opened edition goes on at that moment; an extension after an outage is included."""
    found = stage(edition, code)
    return found is not None and edition.opened_at is not None and found.starts_at <= at < found.closes_at
