"""Decisions in 60 units: the board, the public list, a card and the workbook with 5,000; the report and the ladder with 10,000.

Half are open and due on days of the next and the last two months; for the ladder all are, and it has every step to tell. Pages are
asked for with an address of their own each time, so that none comes from memory.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from bench.own_database import own_database

DECISIONS, UNITS = 10_000, 60
SCREENS = 5_000
"""Decisions for screens and files (meetings_and_decisions.md, section 15)."""
BIG = ("report by units", "report by districts")
RUNS, RUNS_SHORT = 15, 3
LIMITS = {
    "report by units": 1000.0, "report by districts": 1000.0, "report as XLSX": 3000.0, "public list": 150.0,
    "public list, late": 150.0, "card": 150.0, "board": 200.0,
}  # fmt: skip
LADDER_SECONDS = 10.0


def main(short: bool) -> None:
    """Short: 3 runs of each instead of 15."""
    with own_database():
        _tell(RUNS_SHORT if short else RUNS)


def _tell(runs: int) -> None:
    import django

    django.setup()
    from ratusz.governance.decisions.models import Decision

    people = _people()
    _fill(people, 0, SCREENS)
    calls = _calls()
    print(f"{SCREENS} decisions in {UNITS} units; {runs} runs of each, milliseconds")
    for name in LIMITS.keys() - {*BIG}:
        _report(name, [_milliseconds(calls[name]) for _run in range(runs)], LIMITS[name])
    _fill(people, SCREENS, DECISIONS)
    print(f"{DECISIONS} decisions")
    for name in BIG:
        _report(name, [_milliseconds(calls[name]) for _run in range(runs)], LIMITS[name])
    # For the ladder all of them are open, and no step was told yet: the worst morning there can be.
    Decision.objects.filter(state="withdrawn").update(state="in_progress", settled_at=None, settled_by=None)
    seconds, steps = _ladder()
    verdict = "ok" if seconds <= LADDER_SECONDS else "OVER"
    open_ones = Decision.objects.open().count()
    print(f"ladder, {open_ones} open: {steps} steps in {seconds:.1f} s, limit {LADDER_SECONDS:.0f} s: {verdict}")


def _people() -> tuple[list[Any], dict[int, Any], Any, list[Any]]:
    """Units, their heads, the President's office, districts."""
    from ratusz.foundation.territory.models import District
    from ratusz.foundation.units.factories import UnitFactory
    from ratusz.governance.decisions.factories import make_head, make_office

    units: list[Any] = [UnitFactory() for _each in range(UNITS)]
    heads = {unit.pk: make_head(unit) for unit in units}
    names = [f"Dzielnica {number}" for number in range(1, 23)]
    districts = [District.objects.create(number=number, name=name, slug=f"d-{number}") for number, name in enumerate(names, 1)]
    return units, heads, make_office(), districts


def _fill(people: tuple[list[Any], dict[int, Any], Any, list[Any]], first: int, last: int) -> None:
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.kit.dates import local_day
    from ratusz.governance.decisions.models import Decision

    units, heads, office, districts = people
    now = database_now()
    today, rows = local_day(now), []
    for number in range(first, last):
        taken = now - timedelta(days=100 + number % 300)
        is_open = number % 2 == 0
        due = today + timedelta(days=number % 120 - 60)
        unit = units[number % UNITS]
        facts: dict[str, Any] = {"state": "in_progress", "person": heads[unit.pk]}
        if not is_open:
            facts = {"state": "withdrawn", "settled_at": now - timedelta(days=number % 50), "settled_by": office}
        rows.append(
            Decision(
                number=f"U/2025/{number:05}", title=f"Ustalenie {number}", text="Tekst urzędowy " * 20,
                public_text="Tekst dla ludzi. " * 10,
                lead_unit=unit, district=districts[number % 22], due_on=due, first_due_on=due, made_at=taken, taken_at=taken,
                given_at=taken, taken_by=office, **facts,
            )
        )  # fmt: skip
    Decision.objects.bulk_create(rows, batch_size=1000)


def _calls() -> dict[str, Any]:
    from django.test import Client, RequestFactory

    from ratusz.casework.documents.xlsx import xlsx_of
    from ratusz.foundation.kit.clock import database_now
    from ratusz.governance.decisions import reports_made
    from ratusz.governance.decisions.factories import make_office
    from ratusz.governance.decisions.models import Decision
    from ratusz.governance.decisions.views import staff

    client, office, factory = Client(), make_office(), RequestFactory()
    card = Decision.objects.shown().first()
    assert card is not None

    def get(path: str, number: list[int] = [0]) -> None:  # noqa: B006 — counts calls, so that no page comes from memory
        number[0] += 1
        joined = "&" if "?" in path else "?"
        assert client.get(f"{path}{joined}x={number[0]}").status_code == 200

    def board() -> None:
        request = factory.get("/admin/ustalenia/")
        request.user = office
        staff.board(request)

    return {
        "report by units": lambda: reports_made.made("lead_unit", None, database_now()),
        "report by districts": lambda: reports_made.made("district", None, database_now()),
        "report as XLSX": lambda: xlsx_of("Raport", reports_made.sheets("lead_unit", None, database_now())),
        "public list": lambda: get("/ustalenia/"),
        "public list, late": lambda: get("/ustalenia/?stan=po-terminie"),
        "card": lambda: get(card.get_absolute_url()),
        "board": board,
    }


def _ladder() -> tuple[float, int]:
    """On the next working day, whatever day this is."""
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.kit.dates import local_day
    from ratusz.foundation.kit.working_days import is_working_day
    from ratusz.governance.decisions.actions import ladder

    at = database_now()
    while not is_working_day(local_day(at)):
        at += timedelta(days=1)
    ladder.database_now = lambda: at  # type: ignore[attr-defined]
    start = time.perf_counter()
    steps = ladder.run_ladder()
    return time.perf_counter() - start, steps


def _milliseconds(call: Any) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _report(name: str, times: list[float], limit: float) -> None:
    middle, worst = statistics.median(times), max(times)
    print(f"{name:22} median {middle:7.1f}  worst {worst:7.1f}  limit {limit:6.0f}: {'ok' if middle <= limit else 'OVER'}")


if __name__ == "__main__":
    main("--short" in sys.argv)
