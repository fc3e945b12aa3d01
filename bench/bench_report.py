"""A report with 10,000 answered remarks, from the button to the published version: files, the gate twice, pages of the register.

The making is what a worker does in the background; the limit (120 s on four cores) is that of consultations.md, budgets.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.own_database import own_database

REMARKS, REMARKS_SHORT = 10_000, 500
LIMIT_SECONDS, PAGE_LIMIT_MS, MEMORY_LIMIT_MB = 120.0, 150.0, 800


def main(short: bool) -> None:
    """Short: 500 remarks instead of 10,000."""
    with own_database():
        _tell(REMARKS_SHORT if short else REMARKS)


def _tell(remarks: int) -> None:
    import django

    django.setup()
    from ratusz.participation.reports import actions
    from ratusz.participation.reports.factories import Staff, answer, ended_consultation, sign_all, written_report

    staff = Staff()
    consultation = ended_consultation(staff)
    answer(consultation, remarks)
    report = written_report(staff, consultation)
    sign_all(report, staff)
    print(f"report of {remarks} remarks", flush=True)
    _screen(report)
    worked = time.process_time()
    begun, version = _timed(lambda: actions.begin_publication(report=report, person=staff.head))
    print(f"  gate and freezing: {begun:.1f} s")
    together = begun + _files(version)
    published, _nothing = _timed(lambda: actions.make_version(version_id=version.pk))
    version.refresh_from_db()
    if version.published_at is None:
        raise SystemExit(f"not published: {version.refused}")
    print(f"  gate again and publishing: {published:.1f} s")
    together += published
    print(f"  together: {together:.1f} s, limit {LIMIT_SECONDS:.0f} s, ratio {together / LIMIT_SECONDS:.2f}")
    print(f"  work of the process alone, without waiting for a busy machine: {time.process_time() - worked:.1f} s of processor")
    _memory("  most memory of the process", resource.RUSAGE_SELF, MEMORY_LIMIT_MB)
    _memory("  most memory of a process that typesets a part", resource.RUSAGE_CHILDREN, MEMORY_LIMIT_MB)
    _pages(consultation.slug, remarks)


def _files(version: Any) -> float:
    """Makes each file by itself; the worker then finds them made."""
    from django.utils import translation

    from ratusz.participation.reports.actions.making import keep_file
    from ratusz.participation.reports.files_made import formats_of

    together = 0.0
    with translation.override("pl"):
        for name, title, media_type, make in formats_of(version):
            seconds, content = _timed(lambda make=make: make(version))
            keep_file(version, name, title, media_type, content)
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"  {name}: {seconds:.1f} s, {len(content) / 1e6:.1f} MB; memory so far at most {most} MB")
            together += seconds
    return together


def _pages(slug: str, remarks: int) -> None:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.get("/konsultacje/raporty/")  # a page once made is kept: each address below is asked for the first time
    for page in (1, max(1, remarks // 50)):
        address = f"/konsultacje/{slug}/raport/v/1/uwagi/?strona={page}"
        seconds, answer = _timed(lambda address=address: client.get(address))
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        ratio = seconds * 1000 / PAGE_LIMIT_MS
        print(f"  register, page {page}: {seconds * 1000:.0f} ms, limit {PAGE_LIMIT_MS:.0f} ms, ratio {ratio:.2f}")


def _memory(words: str, whose: int, limit: int) -> None:
    most = resource.getrusage(whose).ru_maxrss // 1024
    print(f"{words}: {most} MB, limit {limit} MB, ratio {most / limit:.2f}")


def _screen(report: Any) -> None:
    """What an open screen of the report asks: all rows read anew, then the same unchanged register once more."""
    from ratusz.foundation.kit.clock import database_now
    from ratusz.participation.reports import gate

    anew, _looked = _timed(lambda: gate.look(report, database_now()))
    gate.look(report, database_now(), kept=True)
    kept, _looked = _timed(lambda: gate.look(report, database_now(), kept=True))
    print(f"  gate on a screen: {kept * 1000:.0f} ms, read anew {anew * 1000:.0f} ms, ratio {kept / anew:.2f}")


def _timed(deed: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = deed()
    return time.perf_counter() - begun, made


if __name__ == "__main__":
    main("--short" in sys.argv)
