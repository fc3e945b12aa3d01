"""Registration for a meeting at 50 a second, and a series of 22 meetings from one template.

Registration is the whole POST of the website's form (limits, lock, count, seat, record) over HTTP: 16 clients ask two web
processes for 60 seconds. Letters are written by the workers of the outbox, as in real life. Printed: p50, p95, and whether any seat
was lost or given twice.
"""

from __future__ import annotations

import http.client
import logging
import os
import re
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

from bench.own_database import own_database
from ratusz.config.processes import web_command

RATE, SECONDS, SECONDS_SHORT, LIMIT_MS = 50, 60, 6, 300.0
CLIENTS, PROCESSES, WARM_UP = 16, 2, 10
SERIES_LIMIT_MS, MEETINGS = 1000.0, 22
PLACES = 1000


def main(short: bool) -> None:
    """Short: 6 seconds instead of 60."""
    with own_database():
        _tell(SECONDS_SHORT if short else SECONDS)


def _tell(seconds: int) -> None:
    import django

    django.setup()
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
    """Posts at a steady rate over HTTP, each from a line of its own; one that begins late counts from when it should have begun."""
    from django.db import connection

    from ratusz.casework.meetings.factories import make_meeting
    from ratusz.foundation.kit.clock import database_now

    meeting = make_meeting(capacity=PLACES)
    path, count, local = f"/spotkania/{meeting.pk}/zapisy/", RATE * seconds, threading.local()
    connection.close()
    with web_processes() as port:
        for _each in range(WARM_UP):
            opened_form(port, path)
        begin = time.perf_counter() + 1

        def post(number: int) -> float:
            if not hasattr(local, "form"):
                local.form = opened_form(port, path)
            wanted = begin + number / RATE
            time.sleep(max(0.0, wanted - time.perf_counter()))
            status = _post(port, path, number, *local.form)
            assert status == 302, status
            return (time.perf_counter() - wanted) * 1000

        with ThreadPoolExecutor(CLIENTS) as pool:
            times = list(pool.map(post, range(count)))
    taking = list(meeting.registrations.taking_seats(database_now()).values_list("persons", flat=True))
    line = meeting.registrations.filter(standing="unconfirmed", waiting_since__isnull=False).count()
    return times, sum(taking), line


@contextmanager
def web_processes() -> Iterator[int]:
    """Web processes as they run in a city, behind a proxy that says whose line it is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "RATUSZ_TRUSTED_PROXIES": "127.0.0.1/32"}
    process = subprocess.Popen(web_command(f"127.0.0.1:{port}", PROCESSES), env=environment, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=60).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def opened_form(port: int, path: str) -> tuple[str, str]:
    """The cookie and the hidden field that the form's page gives; a visitor has them before the POST."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    page, cookie = answer.read().decode(), (answer.getheader("Set-Cookie") or "").partition(";")[0]
    connection.close()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, answer.status
    return cookie, found[1]


def _post(port: int, path: str, number: int, cookie: str, token: str) -> int:
    facts = {"name": f"Osoba {number}", "by": "email", "email": f"osoba{number}@example.pl", "persons": "1", "homepage": ""}
    headers = {
        "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}",
    }  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", path, urlencode(facts | {"csrfmiddlewaretoken": token}), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status
