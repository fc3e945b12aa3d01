"""Steps of votes that wait for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from ratusz.foundation.kit.registries import Move
from ratusz.participation.budget.models import ResultChange
from ratusz.participation.budget.queries import pending_changes
from ratusz.participation.voting import rules, steps
from ratusz.participation.voting.models import Vote


def _pools_to_count() -> Iterable[int]:
    """Pools of counted votes with a recorded change that their published result does not hold."""
    return pending_changes(ResultChange.objects.filter(pool__edition__vote__state=Vote.State.COUNTED))


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """The next step of each vote that is this person's to do."""
    if not rules.may(person, "see_vote", None, at):
        return
    votes = Vote.objects.exclude(Q(state=Vote.State.COUNTED) & ~Q(edition__pools__in=list(_pools_to_count())))
    for vote in votes.select_related("edition").order_by("opens_at", "pk").distinct():
        for step in steps.waiting(vote, at):
            if rules.may(person, step.deed, vote, at):
                yield Move(f"{step.title}: {vote}", step.url, due_at=step.due_at, kind="voting")
