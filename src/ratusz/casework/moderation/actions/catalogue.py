"""Readings of rules that moderators agreed on become examples of the catalogue."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.casework.moderation import rules
from ratusz.casework.moderation.models import Example
from ratusz.casework.moderation.registries import rules_listeners
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@transaction.atomic
def add_example(*, reason: str, case: str, reading: str, person: Any, is_public: bool = False, source: str = "") -> Example:
    """Adds an example. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "teach", None, now)
    facts = {"reason": reason, "case": case.strip(), "reading": reading.strip(), "is_public": is_public, "source": source.strip()}
    made = Example.objects.create(**facts, added_by=person, added_at=now)
    _tell(made)
    record(deed="moderation.add_example", subject=made, after={"reason": reason, "is_public": is_public}, actor=person)
    return made


@transaction.atomic
def retire_example(*, example: Example, person: Any) -> Example:
    """The reading holds no more; it leaves the catalogue and stays in the records. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "teach", None, now)
    example = Example.objects.select_for_update(of=("self",)).get(pk=example.pk)
    if example.retired_at is None:
        example.retired_at = now
        example.save(update_fields=["retired_at"])
        _tell(example)
        record(deed="moderation.retire_example", subject=example, actor=person)
    return example


def _tell(example: Example) -> None:
    if example.is_public:
        for listener in rules_listeners:
            listener()
