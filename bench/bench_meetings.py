"""Registration for a meeting at 50 a second, and a series of 22 meetings from one template.

Registration is the whole POST of the website's form (limits, lock, count, seat, record) by eight workers over 60 seconds; its
letters are written by the workers of the outbox, as in real life. Printed: p50, p95, and whether any seat was lost or given twice.
"""

from __future__ import annotations

import logging
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

from ratusz.config.database_server import DatabaseServer

RATE, SECONDS, SECONDS_SHORT, LIMIT_MS, WORKERS = 50, 60, 6, 300.0, 8
SERIES_LIMIT_MS, MEETINGS = 1000.0, 22
PLACES = 1000


def main(short: bool) -> None:
    """Short: 6 seconds instead of 60."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RATUSZ_HOME": folder, "DJANGO_SETTINGS_MODULE": "ratusz.config.settings"}
        database = DatabaseServer(Path(folder))
        database.start(ends_with_us=True)
        try:
            subprocess.run([sys.executable, "-m", "ratusz.config.prepare"], check=True, stdout=subprocess.DEVNULL)
            _tell(SECONDS_SHORT if short else SECONDS)
        finally:
            from django.db import connections

            connections.close_all()
            database.stop()


def _tell(seconds: int) -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    logging.disable(logging.INFO)
    series = [_series(number) for number in range(5)]
    middle, worst = statistics.median(series), max(series)
    print(f"series of {MEETINGS} meetings: median {middle:.0f} ms, worst {worst:.0f} ms (limit {SERIES_LIMIT_MS:.0f} ms)")
    times, taken, line = _registrations(seconds)
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    middle = statistics.median(times)
    print(f"registration at {RATE}/s for {seconds} s: p50 {middle:.0f} ms, p95 {p95:.0f} ms (limit {LIMIT_MS:.0f} ms)")
    print(f"seats: {taken} of {PLACES} held, {line} in the line, {len(times)} registered")
    assert taken == min(PLACES, len(times)) and taken + line == len(times)


def _series(number: int) -> float:
    from ratusz.casework.meetings.actions import plan_series
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
    from ratusz.foundation.units.models import Unit

    unit = Unit.objects.the_department() or UnitFactory(is_department=True)
    planner = AppointmentFactory(role_code="editor", unit=unit).person
    first = database_now() + timedelta(days=30)
    wanted = [{"title": f"Spotkanie {each}", "starts_at": first + timedelta(days=each)} for each in range(MEETINGS)]
    start = time.perf_counter()
    plan_series(
        title=f"Cykl {number}", kind="residents", template={"contact": "x", "who_may_come": "y"}, meetings=wanted, person=planner
    )
    return (time.perf_counter() - start) * 1000


def _registrations(seconds: int) -> tuple[list[float], int, int]:
    """Posts at a steady rate, each from a line of its own; a worker that is late counts from the moment it should have begun."""
    from django.db import connection
    from django.test import Client

    from ratusz.casework.meetings.factories import make_meeting
    from ratusz.foundation.kit.clock import database_now

    meeting = make_meeting(capacity=PLACES)
    count, begin, local = RATE * seconds, time.perf_counter() + 1, threading.local()
    taking: list[Any] = []

    def post(number: int) -> float:
        wanted = begin + number / RATE
        time.sleep(max(0.0, wanted - time.perf_counter()))
        if not hasattr(local, "client"):
            local.client = Client()
        facts = {"name": f"Osoba {number}", "by": "email", "email": f"osoba{number}@example.pl", "persons": "1", "homepage": ""}
        address = f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}"
        answer = local.client.post(f"/spotkania/{meeting.pk}/zapisy/", facts, REMOTE_ADDR=address)
        assert answer.status_code == 302, answer.status_code
        return (time.perf_counter() - wanted) * 1000

    with ThreadPoolExecutor(WORKERS) as pool:
        times = list(pool.map(post, range(count)))
        list(pool.map(lambda _each: connection.close(), range(WORKERS)))
    taking = list(meeting.registrations.taking_seats(database_now()).values_list("persons", flat=True))
    line = meeting.registrations.filter(standing="unconfirmed", waiting_since__isnull=False).count()
    return times, sum(taking), line
