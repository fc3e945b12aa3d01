"""Reads of cases and numbers: the register with its filters, series whose numbers do not follow each other."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max, Min, Q, QuerySet

from ratusz.casework.documents.models import Case, IssuedNumber, NumberCounter


def register(*, words: str = "", kind: str = "", state: str = "", unit: str = "") -> QuerySet[Case]:
    """Cases, newest first: by words of sign, title or EZD number, kind, "open" or "closed", symbol of the unit."""
    found = Case.objects.select_related("unit").prefetch_related("packages")
    if words:
        found = found.filter(Q(sign__icontains=words) | Q(title__icontains=words) | Q(foreign_number__icontains=words))
    if kind:
        found = found.filter(kind=kind)
    if unit:
        found = found.filter(unit__short_name=unit)
    if state in ("open", "closed"):
        found = found.filter(closed_at__isnull=state == "open")
    return found


def broken_series() -> Iterator[str]:
    """Series of a year whose numbers are not 1, 2, 3 … up to the counter: none, or somebody changed the table by hand."""
    last = {(each.series, each.year): each.last for each in NumberCounter.objects.all()}
    rows = IssuedNumber.objects.order_by().values("series", "year").annotate(of=Count("pk"), low=Min("number"), high=Max("number"))
    for row in rows:
        if (row["low"], row["high"], row["of"]) != (1, row["of"], last.pop((row["series"], row["year"]), None)):
            yield f"{row['series']} {row['year']}"
    yield from (f"{series} {year}" for (series, year), number in last.items() if number)
