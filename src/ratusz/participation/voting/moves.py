"""Steps of votes that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Move
from ratusz.participation.voting import rules, steps
from ratusz.participation.voting.models import Vote


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """The next step of each vote that is this person's to do."""
    if not rules.may(person, "see_vote", None, at):
        return
    for vote in Vote.objects.exclude(state=Vote.State.COUNTED).select_related("edition").order_by("opens_at", "pk"):
        for step in steps.waiting(vote, at):
            if rules.may(person, step.deed, vote, at):
                yield Move(f"{step.title}: {vote}", step.url, due_at=step.due_at, kind="voting")
