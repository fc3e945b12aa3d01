"""The register of remarks: 20,000 of them, pages 1 and 400 for everybody and staff, a search; files of 10,000 in little memory."""

from __future__ import annotations

import resource
import statistics
import sys
import time
import uuid
from datetime import timedelta
from typing import Any

from bench.own_database import own_database

REMARKS, REMARKS_SHORT = 20_000, 2_000
EXPORTED, EXPORTED_SHORT = 10_000, 1_000
RUNS, RUNS_SHORT = 15, 3
PAGE_LIMIT, FILE_SECONDS, FILE_MEGABYTES = 150.0, 60.0, 300.0
"""consultations.md, section 12: a page of the list; a file of 250,000 × 60 (ours has fewer cells: it stays far below)."""
WORDS = [
    "ławki",
    "drzewa",
    "chodnik",
    "parking",
    "hałas",
    "przystanek",
    "boisko",
    "oświetlenie",
    "cień",
    "rower",
    "autobus",
    "kosze",
]


def main(short: bool) -> None:
    """Short: 2,000 remarks, 3 runs."""
    with own_database():
        _tell(*((REMARKS_SHORT, EXPORTED_SHORT, RUNS_SHORT) if short else (REMARKS, EXPORTED, RUNS)))


def _tell(number: int, exported: int, runs: int) -> None:
    import django

    django.setup()
    consultation = _fill(number)
    print(f"{number} remarks; {runs} runs of each page, milliseconds (median, slowest)")
    for name, call in _pages(consultation, number).items():
        took = [_milliseconds(call) for _run in range(runs)]
        middle = statistics.median(took)
        verdict = "ok" if middle <= PAGE_LIMIT else "OVER"
        share = middle / PAGE_LIMIT
        print(f"  {name}: {middle:.0f}, {max(took):.0f}; limit {PAGE_LIMIT:.0f}: {share:.0%} of it, {verdict}")
    before = _megabytes()
    for name, size, seconds in _files(consultation, exported):
        memory = _megabytes() - before
        verdict = "ok" if seconds <= FILE_SECONDS and memory <= FILE_MEGABYTES else "OVER"
        print(
            f"  {name}, {exported} remarks, {size / 1e6:.1f} MB: {seconds:.1f} s, grew by {memory:.0f} MB; limits"
            f" {FILE_SECONDS:.0f} s, {FILE_MEGABYTES:.0f} MB: {verdict}"
        )


def _fill(number: int) -> Any:
    """Remarks of many words in their order, every second one with an approved position."""
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.kit.codes import random_code
    from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
    from ratusz.participation.remarks.actions.showing import vector
    from ratusz.participation.remarks.models import Intake, Position, Remark

    consultation = ConsultationFactory(running=True)
    form, now = FormFactory(consultation=consultation), database_now()
    intakes = Intake.objects.bulk_create(
        [
            Intake(
                consultation=consultation, form=form, receipt=random_code(12), form_key=uuid.uuid4(), channel="online",
                state="accepted",
                received_at=now - timedelta(minutes=number - each), entered_at=now, author_name=f"Osoba {each}",
            )
            for each in range(number)
        ],
        batch_size=1000,
    )  # fmt: skip
    remarks = []
    for each, intake in enumerate(intakes):
        words = " ".join(WORDS[(each * step) % len(WORDS)] for step in (1, 3, 5, 7)) + f" przy ulicy Próbnej {each}"
        content = f"Proszę o {words}. " * 6
        remarks.append(
            Remark(
                consultation=consultation, intake=intake, number=each + 1, content=content, public_content=content, is_public=True,
                made_at=now, shown_at=now, words=vector(content), public_words=vector(content), unit=consultation.owner_unit,
            )
        )  # fmt: skip
    Remark.objects.bulk_create(remarks, batch_size=500)
    Position.objects.bulk_create(
        [
            Position(
                remark=each, version=1, verdict="accepted", reasons="Zrobimy to w najbliższym roku, gdy tylko wyschnie grunt.",
                state="approved", written_at=now, approved_at=now, unit=consultation.owner_unit,
            )
            for each in remarks[::2]
        ],
        batch_size=1000,
    )  # fmt: skip
    _analyse()
    return consultation


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages(consultation: Any, number: int) -> dict[str, Any]:
    from django.test import Client
    from django.urls import reverse

    from ratusz.foundation.units.actions import sync_access
    from ratusz.foundation.units.factories import AppointmentFactory
    from ratusz.participation.consultations.factories import ConsultationFactory
    from ratusz.participation.remarks.found_beside import found_beside

    made = AppointmentFactory(role_code="editor")
    sync_access(person=made.person, at=made.starts)
    staff, visitor = Client(), Client()
    staff.force_login(made.person)
    session = staff.session
    method = {"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True}
    session["account_authentication_methods"] = [method]
    session["account_authentication_methods_user"] = str(made.person.pk)
    session.save()
    last = number - 50
    public = reverse("remarks:list", args=[consultation.slug])
    register = reverse("remarks_register", args=[consultation.pk])
    page = last // 50 + 1
    addresses = {
        "everybody, page 1": (visitor, public), f"everybody, page {page}": (visitor, f"{public}?po={last}"),
        "everybody, a search": (visitor, f"{public}?q=lawka+halas"), "staff, page 1": (staff, register),
        f"staff, page {page}": (staff, f"{register}?po={last}"),
        "staff, without a position": (staff, f"{register}?stanowisko=none"),
    }  # fmt: skip
    empty = ConsultationFactory(running=True)
    frames = {
        "everybody, an empty list": (visitor, reverse("remarks:list", args=[empty.slug])),
        "staff, an empty list": (staff, reverse("remarks_register", args=[empty.pk])),
    }  # fmt: skip
    addresses = frames | addresses
    asked = {name: lambda client=client, url=url: _ask(client, url) for name, (client, url) in addresses.items()}
    typed = {"two words": "lawka halas", "a word of each": "prosze"}
    gathered = {
        f"in the portal's search, {name}": lambda text=text: found_beside(text, made.starts) for name, text in typed.items()
    }
    return asked | gathered


def _ask(client: Any, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)


def _files(consultation: Any, exported: int) -> Any:
    from ratusz.foundation.kit.spreadsheets import csv_lines
    from ratusz.participation.remarks import papers, queries

    chosen = queries.public_remarks(consultation).filter(number__lte=exported)
    begun = time.perf_counter()
    size = sum(len(line) for line in csv_lines(papers.public_csv(queries.register_rows(chosen, is_public=True))))
    yield "CSV", size, time.perf_counter() - begun
    begun = time.perf_counter()
    size = len(papers.public_workbook(consultation, queries.register_rows(chosen, is_public=True)))
    yield "XLSX", size, time.perf_counter() - begun


def _megabytes() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _milliseconds(call: Any) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main("--short" in sys.argv)
