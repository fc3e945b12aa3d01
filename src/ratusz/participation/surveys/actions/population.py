"""A table of the population is taken in whole or not at all; the same file twice is taken once; a wrong one is taken out again."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.surveys import rules
from ratusz.participation.surveys.models import PopulationCount, PopulationTable
from ratusz.participation.surveys.results.population_file import read


@transaction.atomic
def load_population(*, content: bytes, file_name: str, day: date, source: str, person: Any) -> tuple[PopulationTable, bool]:
    """The table and whether it is new: a file that was taken in before is given back. Raises NotYours, SurveyRefused."""
    now = database_now()
    rules.check_may(person, "publish", None, now)
    if not source.strip() or day > local_day(now):
        raise rules.SurveyRefused(_("Write who made the table and a day that is not ahead."))
    found = read(content)
    if found.faults:
        words = _("Row %(row)s: %(words)s") % {"row": found.faults[0].line, "words": found.faults[0].words}
        raise rules.SurveyRefused(words)
    facts = {
        "day": day, "source": source.strip()[:200], "file_name": file_name[:130], "people": found.in_all, "loaded_at": now,
        "loaded_by": person,
    }  # fmt: skip
    table, is_new = PopulationTable.objects.get_or_create(digest=hashlib.sha256(content).hexdigest(), defaults=facts)
    if is_new:
        PopulationCount.objects.bulk_create(
            [
                PopulationCount(
                    table=table,
                    district=each.district,
                    sex=each.sex,
                    age_from=each.ages[0],
                    age_to=each.ages[1],
                    people=each.people,
                )
                for each in found.people
            ],
            batch_size=1000,
        )
        record(deed="surveys.load_population", subject=table, after={"people": found.in_all, "day": day.isoformat()}, actor=person)
    return table, is_new


@transaction.atomic
def drop_population(*, table: PopulationTable, person: Any) -> None:
    """Takes a wrong table out; the record keeps that it was there. Raises NotYours, SurveyRefused when it is gone already."""
    rules.check_may(person, "publish", None, database_now())
    mine = PopulationTable.objects.select_for_update().filter(pk=table.pk).first()
    if mine is None:
        raise rules.SurveyRefused(_("This table is gone already."))
    record(deed="surveys.drop_population", subject=mine, before={"people": mine.people, "digest": mine.digest}, actor=person)
    mine.delete()
