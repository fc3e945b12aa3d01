"""Numbers by series: one after another, no gap and no repeat, however many ask at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ratusz.casework.documents.models import IssuedNumber, NumberCounter
from ratusz.casework.documents.registries import number_series
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day


def take_number(*, series: str, subject: str, at: datetime | None = None, pattern: str = "") -> IssuedNumber:
    """The next number of a series for a thing; asked again for the same thing, it gives the same number.

    Belongs inside the transaction that makes the thing: the counter's row stays locked until its end, so a thing that is not made
    leaves no gap. The year is that of `at` in the city (the database's clock where it is not given). `series` is registered in
    `number_series`, or `pattern` says how the number reads.
    """
    at = at or database_now()
    pattern = pattern or number_series[series].pattern
    with transaction.atomic():
        if known := IssuedNumber.objects.filter(series=series, subject=subject).first():
            return known
        year = local_day(at).year
        NumberCounter.objects.bulk_create([NumberCounter(series=series, year=year)], ignore_conflicts=True)
        counter = NumberCounter.objects.select_for_update().get(series=series, year=year)
        # Somebody may have numbered it while the row was waited for.
        if known := IssuedNumber.objects.filter(series=series, subject=subject).first():
            return known
        counter.last += 1
        counter.save(update_fields=["last"])
        text = pattern.format(year=year, number=counter.last)
        return IssuedNumber.objects.create(series=series, year=year, number=counter.last, text=text, subject=subject, issued_at=at)
