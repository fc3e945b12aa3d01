"""The table of a month is frozen once the month is over; a correction is a new version with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from ratusz.casework.moderation import months, rules, rules_of_the_office
from ratusz.casework.moderation.models import MonthTable
from ratusz.casework.moderation.registries import rules_listeners
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day


@transaction.atomic
def freeze_month(*, month: date, why: str = "", person: Any = None) -> MonthTable:
    """Counts the month and keeps it as its next version. `person` None: the machine, the first version alone.

    Raises NotYours, ModerationRefused for a month that is not over and a new version without a reason.
    """
    now, month = database_now(), month.replace(day=1)
    if person is not None:
        rules.check_may(person, "lead", None, now)
    with connection.cursor() as cursor:  # two at once would count the same version
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ratusz_moderation_month'), %s)", [month.year * 12 + month.month])
    before = months.newest(month)
    rules_of_the_office.check_freezing(months.bounds(month)[1], before, why, now, is_machine=person is None)
    version = before.version + 1 if before else 1
    made = MonthTable.objects.create(
        month=month,
        version=version,
        rows=months.figures(month),
        why=why.strip()[:500] if before else "",
        made_by=person,
        made_at=now,
    )
    for listener in rules_listeners:
        listener()
    record(deed="moderation.freeze_month", subject=made, after={"version": version}, actor=person)
    return made


def freeze_last_month() -> int:
    """Every night: the month that ended last gets its table. Gives 1 when it was made now."""
    last = (local_day(database_now()).replace(day=1) - timedelta(days=1)).replace(day=1)
    if MonthTable.objects.filter(month=last).exists():
        return 0
    freeze_month(month=last)
    return 1
