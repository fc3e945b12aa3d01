"""What a due job may do: actions registered by name, and further queues that the same workers empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class JobAction:
    """One kind of work. `run` gets the job's arguments (ids only) as keywords."""

    run: Callable[..., Any]
    what: Any
    """In words for staff, translated lazily."""
    in_transaction: bool = True
    """Together with its own "done" in one transaction: whatever it writes happens exactly once, whoever dies."""
    lease: timedelta = timedelta(minutes=5)
    """How long a worker may be silent before the job is given to another one."""
    tries: int = 8


job_actions: Registry[JobAction] = Registry("actions of due jobs")
"""Named "module.verb_noun"; fill it in AppConfig.ready() by `register_action`."""

queues: Registry[Callable[[], int]] = Registry("queues emptied by workers")
"""name -> f() that handles one small batch of its own rows and gives back how many."""


def register_action(name: str, run: Callable[..., Any], *, what: Any, **options: Any) -> JobAction:
    """Lets due jobs and the schedule name this action; options are the fields of `JobAction`."""
    return job_actions.register(name, JobAction(run=run, what=what, **options))
