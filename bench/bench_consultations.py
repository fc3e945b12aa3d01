"""The list of 1,000 consultations and the page of one as a guest sees them: milliseconds, queries, kilobytes beside their limits.

Limits: consultations.md, section 12 (list 200 ms and 10 queries, page 150 ms, 12 queries and 60 kB on four cores). Pages are asked
for with an address of their own each time, so that none comes from memory.
"""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from typing import Any

from bench.own_database import own_database

MANY, FORMS = 1000, 5
RUNS, RUNS_SHORT = 25, 5
LIMITS = {
    "list": (200.0, 10, 60), "list, one district": (200.0, 10, 60), "list, words": (200.0, 10, 60),
    "list, page 40": (200.0, 10, 60), "page of one": (150.0, 12, 60),
}  # fmt: skip
"""Milliseconds, queries, kilobytes of HTML."""


def main(short: bool) -> None:
    """Short: 5 runs of each instead of 25."""
    with own_database():
        _tell(RUNS_SHORT if short else RUNS)


def _tell(runs: int) -> None:
    import django

    django.setup()
    one = _fill()
    addresses = {
        "list": "/konsultacje/?", "list, one district": "/konsultacje/?dzielnica=d-3&",
        "list, words": "/konsultacje/?szukaj=alejek&", "list, page 40": "/konsultacje/?strona=40&", "page of one": f"{one}?",
    }  # fmt: skip
    print(f"{MANY} consultations, {FORMS} forms in one; {runs} runs of each")
    for name, address in addresses.items():
        _report(name, [_asked(f"{address}proba={run}") for run in range(-1, runs)][1:], LIMITS[name])


def _fill() -> str:
    """Consultations in every stage, each in a district; gives the address of a running one with several forms."""
    from ratusz.foundation.territory.factories import DistrictFactory
    from ratusz.foundation.units.factories import UnitFactory
    from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
    from ratusz.participation.consultations.models import Area, Consultation

    districts = [DistrictFactory(number=number, slug=f"d-{number}") for number in range(1, 23)]
    unit, traits, rows = UnitFactory(), ({"running": True}, {"announced": True}, {"ended": True}), []
    for number in range(MANY):
        made: Any = ConsultationFactory.build(owner_unit=unit, summary="Krótko o sprawie. " * 8, **traits[number % 3])
        if number % 3 == 2:
            made.ends_on -= timedelta(days=number)
            made.starts_on = made.ends_on - timedelta(days=20)
        rows.append(made)
    Consultation.objects.bulk_create(rows)
    areas = [(row, districts[number % 22]) for number, row in enumerate(rows)]
    Area.objects.bulk_create(Area(consultation=row, kind="district", district=each, name=each.name) for row, each in areas)
    one: Any = ConsultationFactory(running=True, owner_unit=unit)
    for number in range(FORMS):
        FormFactory(consultation=one, title=f"Forma {number}")
    return one.get_absolute_url()


def _asked(address: str) -> tuple[float, int, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        response = Client().get(address)
        taken = (time.perf_counter() - begun) * 1000
    assert response.status_code == 200, address
    return taken, len(queries), len(response.content) / 1024


def _report(name: str, rows: list[tuple[float, int, float]], limits: tuple[float, int, int]) -> None:
    milliseconds = statistics.median(row[0] for row in rows)
    queries, size = max(row[1] for row in rows), max(row[2] for row in rows)
    verdict = "ok" if milliseconds <= limits[0] and queries <= limits[1] and size <= limits[2] else "OVER"
    told = f"{milliseconds:.0f} ms of {limits[0]:.0f} ({milliseconds / limits[0]:.2f}), {queries} queries of {limits[1]}"
    print(f"{name}: {told}, {size:.0f} kB of {limits[2]}: {verdict}")
