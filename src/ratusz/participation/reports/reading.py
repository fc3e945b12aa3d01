"""One reading of the whole register for a report: counts, digest, what rows lack, whom they name; kept until its rows change.

What is kept stands under the digest of everything it was read from, as the database holds it at that moment: a changed row makes
another key, so nothing old is ever shown. Signing and publishing read anew all the same.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils import translation

from ratusz.foundation.notifications.models import Address
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import Cluster, Intake, LetMark, Position, Remark
from ratusz.participation.reports import checks, register
from ratusz.participation.reports.gathering import Draft
from ratusz.participation.reports.personal import Names

KEPT_SECONDS = 24 * 3600
REMARKS, INTAKES, OF_IT = Remark._meta.db_table, Intake._meta.db_table, "consultation_id = %(pk)s"
ROWS_OF = {
    REMARKS: OF_IT,
    INTAKES: OF_IT,
    Cluster._meta.db_table: OF_IT,
    LetMark._meta.db_table: f'remark_id IN (SELECT id FROM "{REMARKS}" WHERE {OF_IT})',
    Position._meta.db_table: f'remark_id IN (SELECT id FROM "{REMARKS}" WHERE {OF_IT})',
    Address._meta.db_table: f'id IN (SELECT contact_id FROM "{INTAKES}" WHERE {OF_IT})',
    Unit._meta.db_table: "true",
}
"""Every table that a row of the register or the name of an author is read from, and which of its rows."""


@dataclass(frozen=True)
class Reading:
    """What the rows of one register said, without a word of theirs."""

    totals: register.Totals
    found: checks.Found
    named: list[int] = field(default_factory=list)
    """Numbers of remarks in which an author is named."""
    looks: list[int] = field(default_factory=list)
    """Numbers of remarks in which something looks like a telephone, an e-mail address or a PESEL."""


class Register:
    """The register of a consultation, read when it is asked for. `kept`: an unchanged one is not read again."""

    def __init__(self, consultation: Consultation, *, least_signs: int, day: date, late_unconsidered: bool, kept: bool):
        self.consultation, self.kept = consultation, kept
        self.settings = {"least_signs": least_signs, "day": day, "late_unconsidered": late_unconsidered}

    @cached_property
    def _stamp(self) -> str:
        told = json.dumps([stamp_of(self.consultation), self.settings], default=str)
        return f"reports.reading:{self.consultation.pk}:{hashlib.sha256(told.encode()).hexdigest()}"

    @cached_property
    def _names(self) -> Names:
        return Names.of(self.consultation)

    @cached_property
    def reading(self) -> Reading:
        return self._once(self._stamp, self._read) if self.kept else self._read()

    def _once(self, key: str, make: Any) -> Any:
        return cache.get_or_set(key, make, KEPT_SECONDS)

    @translation.override("pl")
    def _read(self) -> Reading:
        totals, found, names = register.Counting(), checks.Found(), self._names
        for row in register.rows_of(self.consultation):
            totals.take(row)
            checks.look_at_one(found, row, **self.settings)
            names.look_at(row)
        return Reading(totals.done(), found.settled(), names.rows, names.looks)

    def named_sections(self, draft: Draft) -> list[str]:
        """Titles of the sections in which an author is named."""
        if not self.kept:
            return self._names.sections_of(draft)
        return self._once(f"{self._stamp}:{draft.digest}", lambda: self._names.sections_of(draft))


def stamp_of(consultation: Consultation) -> list[tuple[str, int, str]]:
    """How many rows there are in each table, and the sum of their digests as the database makes them; one query.

    Ten thousand remarks take about a tenth of a second; the sum does not depend on the order of rows.
    """
    parts = [
        f"SELECT '{table}', count(*), coalesce(sum(hashtextextended(kept::text, 0)), 0)::text FROM \"{table}\" kept WHERE {which}"
        for table, which in ROWS_OF.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {"pk": consultation.pk})
        return sorted(cursor.fetchall())
