"""Public pages under load: queries and CPU a request without cache, the list of 200 projects beside mein.berlin's, cached pages.

"Without cache" twice: no page is kept, but menus and tables of published results are until content changes, as the portal always
runs; and "nothing kept", what the first visitor after a change waits for. Two web processes, 8 clients, the demo city.
mein.berlin's figure was measured on the same kind of machine (design/stack.md): a page of 200 projects, 30 queries, 9 requests a
second.
"""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import psutil

from ratusz.config.database_server import DatabaseServer
from ratusz.config.processes import web_command

CLIENTS, PROCESSES = 8, 2
MOST_QUERIES, MOST_MS = 10, 10.0
MEIN_BERLIN = 9.0
TIMES_FASTER = 20.0
CACHED_AIM = 0.5
WARM_UP = 0.4
"""Seconds of asking before measuring: both processes have met the page by then."""


def main(short: bool) -> None:
    """Short: half a second a page instead of eight, and of "nothing kept" the home page alone."""
    seconds = 0.6 if short else 8.0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ |= {"RATUSZ_HOME": folder, "RATUSZ_DEMO": "1", "DJANGO_SETTINGS_MODULE": "ratusz.config.settings"}
        database = DatabaseServer(home)
        database.start(ends_with_us=True)
        try:
            subprocess.run([sys.executable, "-m", "ratusz.config.prepare", "--demo"], check=True, stdout=subprocess.DEVNULL)
            pages = _pages()
            with _web() as (port, master):
                _tell_uncached(port, master, pages, _queries(pages), seconds, short)
            with _web(keep_parts=False) as (port, master):
                few = {f"{name}, nothing kept": address for name, address in pages.items() if name == "home" or not short}
                _tell_uncached(port, master, few, _queries(few, keep_parts=False), seconds, short)
            with _web(keep_pages=True) as (port, master):
                _tell_cached(port, pages["home"], seconds, short)
        finally:
            database.stop()


def _pages() -> dict[str, str]:
    """What is measured, by name; the list is the edition with the most projects."""
    import django

    django.setup()
    from django.db.models import Count
    from django.urls import reverse

    from ratusz.participation.budget.models import Edition, Project

    edition = Edition.objects.published().annotate(size=Count("pools__projects")).order_by("-size").first()
    project = Project.objects.filter(pool__edition=edition).select_related("pool").order_by("pk").first()
    return {
        "home": "/",
        "results of an edition": reverse("budget:edition", args=[edition.slug]),
        "results of a pool": reverse("budget:pool", args=[edition.slug, project.pool.slug]),
        "a project": reverse("budget:project", args=[edition.slug, project.slug]),
        "list of 200 projects": reverse("budget:projects", args=[edition.slug]),
    }


def _queries(pages: dict[str, str], keep_parts: bool = True) -> dict[str, int]:
    """Counted in this process, on a second visit: what is looked up once a process is not a cost of a request."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    logging.disable()
    settings.PAGE_CACHE_SECONDS, settings.KEEP_PARTS = 0, keep_parts
    client, counts = Client(), {}
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts[name] = len(captured)
    connection.close()
    return counts


@contextmanager
def _web(keep_parts: bool = True, keep_pages: bool = False):
    port = _free_port()
    environment = {
        **os.environ,
        "RATUSZ_PAGE_CACHE_SECONDS": "60" if keep_pages else "0",
        "RATUSZ_KEEP_PARTS": str(int(keep_parts)),
    }
    process = subprocess.Popen(web_command(f"127.0.0.1:{port}", PROCESSES), env=environment, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                _get(port, "/")
                break
            except OSError:
                time.sleep(0.1)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _tell_uncached(port, master, pages, queries, seconds, short) -> None:
    for name, address in pages.items():
        _load(port, address, WARM_UP)
        before = _cpu(master)
        count, wrong, elapsed = _load(port, address, seconds)
        ms = (_cpu(master) - before) * 1000 / max(count, 1)
        note = f", {wrong} WRONG ANSWERS" if wrong else ""
        if name.startswith("list of 200 projects"):
            rate = count / elapsed
            ours, peer = f"{rate:.0f} requests/s ({ms:.1f} ms CPU){note}", f"mein.berlin {MEIN_BERLIN:.0f} requests/s"
            _line(name, ours, peer, rate / MEIN_BERLIN,
                  f"at least {TIMES_FASTER:.0f}", rate >= TIMES_FASTER * MEIN_BERLIN and not wrong, short)  # fmt: skip
        else:
            _line(name, f"{ms:.1f} ms CPU ({count / elapsed:.0f} requests/s){note}", f"the limit {MOST_MS:.0f} ms", ms / MOST_MS,
                  "at most 1", ms <= MOST_MS and not wrong, short)  # fmt: skip
        _line(f"{name}, queries", f"{queries[name]} queries", f"the limit {MOST_QUERIES} queries", queries[name] / MOST_QUERIES,
              "at most 1", queries[name] <= MOST_QUERIES, short)  # fmt: skip


def _tell_cached(port, address, seconds, short) -> None:
    _load(port, address, WARM_UP)
    page, wrong, elapsed = _load(port, address, seconds)
    hello, wrong_hello, elapsed_hello = _load(port, "/-/live", seconds)
    ours, theirs = page / elapsed, hello / elapsed_hello
    peer = f"an empty view {theirs:.0f} requests/s"
    _line("home, cached", f"{ours:.0f} requests/s", peer, ours / theirs, f"at least {CACHED_AIM}",
          ours / theirs >= CACHED_AIM and not wrong + wrong_hello, short)  # fmt: skip


def _line(name, ours, beside, ratio, aim, is_met, short) -> None:
    size = " (--short)" if short else ""
    print(f"{name}{size}: ours {ours}, beside {beside}, ratio {ratio:.2f}, aim {aim}, {'met' if is_met else 'short'}", flush=True)


def _load(port: int, address: str, seconds: float) -> tuple[int, int, float]:
    """Answers, wrong answers, seconds; 8 clients ask one after another."""
    until = time.monotonic() + seconds
    answers: list[bytes] = []

    def ask() -> None:
        while time.monotonic() < until:
            answers.append(_get(port, address))

    began = time.monotonic()
    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    wrong = sum(not re.match(rb"HTTP/1.1 200", answer) for answer in answers)
    return len(answers), wrong, time.monotonic() - began


def _get(port: int, address: str) -> bytes:
    """The start of the answer; read to its end by the plainest means, as the client shares the cores with the server."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        start = connection.recv(65536)
        while connection.recv(1 << 20):
            pass
        return start[:32]


def _cpu(master: psutil.Process) -> float:
    return sum(times.user + times.system for times in (child.cpu_times() for child in master.children()))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main("--short" in sys.argv)
