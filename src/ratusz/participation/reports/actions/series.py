"""The same texts in all reports of a series, with the name of each district in its place."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.participation.consultations.models import SeriesInstance
from ratusz.participation.consultations.series.rules import filled
from ratusz.participation.reports.actions.drafting import TEXTS, begin_report, write_texts
from ratusz.participation.reports.models import Report


@transaction.atomic
def write_series_texts(*, report: Report, person: Any, **texts: str) -> int:
    """Writes the texts, with {dzielnica} and {numer} filled in, into every report of the series that is not published yet.

    A report that nobody began is begun. Gives how many were written; raises NotYours.
    """
    mine = SeriesInstance.objects.filter(series__instances__consultation=report.consultation_id).select_related("district")
    rows = mine.filter(consultation__announced_at__isnull=False, consultation__reported_at=None, consultation__label="formal")
    found = list(rows.select_related("consultation").order_by("district__sort_key"))
    for each in found:
        said = {name: filled(texts[name], each.district) for name in TEXTS if name in texts}
        write_texts(report=begin_report(consultation=each.consultation, person=person), person=person, **said)
    return len(found)
