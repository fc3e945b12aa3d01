"""The link check of 5,000 links against fifty hosts of our own: how many connections a host ever saw at once, and how long it took.

The hosts are one server on loopback under fifty addresses; it counts connections by the address that was asked. Most answer at
once, one after six seconds, so that without a limit its connections would pile up; some links are gone, some have moved.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.own_database import own_database

HOSTS, LINKS_A_HOST, LINKS_A_HOST_SHORT = 50, 100, 12
SLOW_SECONDS = 6.0
MOST_CONNECTIONS, MOST_A_SECOND, MOST_SECONDS = 10, 2.0, 450.0
"""20,000 links in 30 minutes are 5,000 in 450 seconds."""


class Farm(ThreadingHTTPServer):
    """Fifty websites. What it saw is kept by address."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("0.0.0.0", 0), Page)
        self.lock = threading.Lock()
        self.open: defaultdict[str, int] = defaultdict(int)
        self.most: defaultdict[str, int] = defaultdict(int)
        self.starts: defaultdict[str, list[float]] = defaultdict(list)


class Page(BaseHTTPRequestHandler):
    """An answer as the path says."""

    server: Farm

    def handle(self) -> None:
        host = self.connection.getsockname()[0]
        with self.server.lock:
            self.server.open[host] += 1
            self.server.most[host] = max(self.server.most[host], self.server.open[host])
            self.server.starts[host].append(time.monotonic() - _since_it_came(self.connection))
        try:
            super().handle()
        finally:
            with self.server.lock:
                self.server.open[host] -= 1

    def do_HEAD(self) -> None:
        if self.path.startswith("/wolna/"):
            time.sleep(SLOW_SECONDS)
        self.send_response(404 if "/brak/" in self.path else 301 if "/dawna/" in self.path else 200)
        if "/dawna/" in self.path:
            self.send_header("Location", "/nowa/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args) -> None:
        """Figures only."""


def _since_it_came(connection: socket.socket) -> float:
    """Seconds since the machine had the connection, from the kernel (tcp_info.tcpi_last_data_recv): on busy cores a thread that
    notes it comes later, each by another while."""
    (milliseconds,) = struct.unpack_from("I", connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192), 52)
    return milliseconds / 1000


def main(short: bool) -> None:
    """Short: twelve links a host."""
    links = LINKS_A_HOST_SHORT if short else LINKS_A_HOST
    with own_database(RATUSZ_LINK_CHECK="1"):
        _tell(links, short)


def _tell(links: int, short: bool) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db.models import Count

    from ratusz.publishing.ledger.actions import check_due_links
    from ratusz.publishing.ledger.models import ForeignAddress

    farm = Farm()
    threading.Thread(target=farm.serve_forever, daemon=True).start()
    hosts = [f"127.0.1.{number}" for number in range(1, HOSTS + 1)]
    settings.RATUSZ_FETCHING_EXCEPTIONS = [f"{host}:{farm.server_port}" for host in hosts]
    number = _write_links(hosts, farm.server_port, links)
    began, checked = time.monotonic(), 0
    while checked < number:
        checked += check_due_links()
    seconds = time.monotonic() - began
    farm.shutdown()
    states = dict(ForeignAddress.objects.values_list("state").annotate(n=Count("pk")).order_by("state"))
    print(f"{number} links to {HOSTS} hosts checked in {seconds:.0f} s; states: {states}")
    most = max(farm.most.values())
    print(f"  most connections one host saw at once: {most} (limit {MOST_CONNECTIONS}) {_verdict(most <= MOST_CONNECTIONS)}")
    rate = max(_most_in_a_second(starts) for starts in farm.starts.values())
    print(f"  most requests one host saw within a second: {rate} (limit {MOST_A_SECOND:.0f}) {_verdict(rate <= MOST_A_SECOND)}")
    if not short:
        print(f"  time: {seconds:.0f} s (limit {MOST_SECONDS:.0f} s, 20,000 in 30 min) {_verdict(seconds <= MOST_SECONDS)}")
    print(f"  refused before a packet left: a link to {socket.gethostbyname('localhost')} without an exception: {_refused()}")


def _write_links(hosts: list[str], port: int, links: int) -> int:
    from ratusz.foundation.kit.clock import database_now
    from ratusz.publishing.ledger.addresses import fingerprint
    from ratusz.publishing.ledger.models import ForeignAddress, PageLink
    from ratusz.publishing.website.factories import make_article, make_portal

    page, now = make_article(make_portal()), database_now()
    rows = []
    for place, host in enumerate(hosts):
        for number in range(links):
            kind = "wolna" if place == 0 else "brak" if number % 20 == 0 else "dawna" if number % 10 == 5 else "strona"
            address = f"http://{host}:{port}/{kind}/{number}"
            rows.append(ForeignAddress(fingerprint=fingerprint(address), address=address, host=host, next_check_at=now))
    made = ForeignAddress.objects.bulk_create(rows, batch_size=1000)
    PageLink.objects.bulk_create([PageLink(page_id=page.pk, address=row.address, foreign=row) for row in made], batch_size=1000)
    return len(made)


def _most_in_a_second(starts: list[float]) -> int:
    """Within any second, as the host saw them come."""
    starts = sorted(starts)
    return max(sum(1 for each in starts[place:] if each < start + 1.0) for place, start in enumerate(starts))


def _refused() -> str:
    from ratusz.foundation.fetching.actions import look
    from ratusz.foundation.fetching.rules import FetchRefused

    try:
        look("http://127.0.0.1/")
    except FetchRefused as refusal:
        return f"yes ({refusal})"
    return "NO"


def _verdict(holds: bool) -> str:
    return "holds" if holds else "FAILS"
