"""Turn the schedule into due jobs: each occurrence once, whoever ticks and however late."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from ratusz.foundation.jobs import rules
from ratusz.foundation.jobs.actions.planning import plan
from ratusz.foundation.jobs.models import ScheduleMark
from ratusz.foundation.kit.clock import database_now


def tick(*, schedule: Iterable[rules.PeriodicWork]) -> int:
    """Plans what fell due since the last tick of each work; gives back how many jobs. Missed occurrences are caught up by one
    run."""
    works, now = list(schedule), database_now()
    planned = dict(ScheduleMark.objects.values_list("name", "planned_until"))
    missing = {work.name for work in works} - set(planned)
    if missing:
        ScheduleMark.objects.bulk_create([ScheduleMark(name=name, planned_until=now) for name in missing], ignore_conflicts=True)
    # Looked at every second, mostly in vain: only what seems due is locked and looked at again.
    return sum(_tick_one(work) for work in works if rules.latest_due(work, after=planned.get(work.name, now), until=now))


@transaction.atomic
def _tick_one(work: rules.PeriodicWork) -> bool:
    mark = ScheduleMark.objects.select_for_update(skip_locked=True).filter(name=work.name).first()
    if mark is None:
        return False
    moment = rules.latest_due(work, after=mark.planned_until, until=database_now())
    if moment is None:
        return False
    plan(action=work.action, at=moment, arguments=work.arguments, key=f"schedule:{work.name}", keep=True)
    mark.planned_until = moment
    mark.save(update_fields=["planned_until"])
    return True
