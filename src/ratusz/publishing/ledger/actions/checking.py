"""Ask foreign addresses whether they still answer: many hosts side by side, each one gently."""

from __future__ import annotations

import re
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from ratusz.foundation.fetching.actions import FetchFailed, Looked, look
from ratusz.foundation.fetching.rules import FetchRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.ledger import rules
from ratusz.publishing.ledger.models import ForeignAddress
from ratusz.publishing.ledger.pace import CONNECTIONS_A_HOST, Pace

THREADS = 64
MOST_OF_A_HOST = 60
MOST_IN_A_PASS = 3_000
LONGEST_PASS = 25.0
"""Seconds after which no further address is begun; the next pass goes on."""
TIMEOUT = 10.0
BEGINNING = 16_000
ONE_CHECKER = 7_201_044
"""Number of the advisory lock: places and turns are counted in one process, so one process at a time checks."""
_TITLE = re.compile(rb"<title[^>]*>(.{0,300}?)</title", re.I | re.S)
_FOUND_NOTHING = re.compile(r"\b404\b|not found|nie znaleziono|nie istnieje", re.I)

pace = Pace()


def check_due_links(*, pace: Pace = pace, most: int = MOST_IN_A_PASS) -> int:
    """For the registry of queues: one pass over addresses that are due; gives back how many were checked."""
    if not settings.RATUSZ_LINK_CHECK:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_CHECKER])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return _check(_due(most), pace)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_CHECKER])


def _due(most: int) -> list[ForeignAddress]:
    """The longest waiting, no more of one host than a pass can ask."""
    place = Window(RowNumber(), partition_by=[F("host")], order_by=["next_check_at", "pk"])
    return list(ForeignAddress.objects.due(database_now()).annotate(place=place).filter(place__lte=MOST_OF_A_HOST)[:most])


def _check(addresses: list[ForeignAddress], pace: Pace) -> int:
    checked = 0
    for address, outcome in _outcomes(addresses, pace) if addresses else ():
        _write(address, outcome)
        checked += 1
    return checked


def _outcomes(addresses: Iterable[ForeignAddress], pace: Pace) -> Iterator[tuple[ForeignAddress, Looked | Exception]]:
    """Begins an address whenever its host has a turn and a thread is free; nothing but answers leaves the threads."""
    waiting: dict[str, deque[ForeignAddress]] = defaultdict(deque)
    for address in addresses:
        waiting[address.host].append(address)
    running: dict[Future, ForeignAddress] = {}
    end = time.monotonic() + LONGEST_PASS
    with ThreadPoolExecutor(THREADS) as pool:
        while running or waiting:
            if time.monotonic() > end:
                waiting.clear()
            _begin(waiting, running, pool, pace)
            if not running:
                time.sleep(0.02)
            for future in wait(running, timeout=0.05, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()


def _begin(waiting: dict[str, deque], running: dict[Future, ForeignAddress], pool: ThreadPoolExecutor, pace: Pace) -> None:
    """One address of each host that may be asked now."""
    in_hand: dict[str, int] = defaultdict(int)
    for address in running.values():
        in_hand[address.host] += 1
    for host in list(waiting):
        if len(running) >= THREADS:
            return
        if in_hand[host] < CONNECTIONS_A_HOST and pace.has_a_turn(host):
            address = waiting[host].popleft()
            running[pool.submit(_look, address.address, pace)] = address
            if not waiting[host]:
                del waiting[host]


def _look(address: str, pace: Pace) -> Looked | Exception:
    """HEAD costs the other side least; a server that answers it with an error is asked by GET before anything is said of it."""
    try:
        looked = look(address, timeout=TIMEOUT, gate=pace.gate)
        if looked.status >= 400 and looked.status not in rules.NOT_NOW:
            looked = look(address, method="GET", timeout=TIMEOUT, beginning_bytes=BEGINNING, gate=pace.gate)
        return looked
    except (FetchRefused, FetchFailed) as problem:
        return problem


def is_soft_404(asked: str, looked: Looked) -> bool:
    """Whether a good status stands for a page that found nothing: led to the front page of a site, or titled so."""
    was_deep = len(urlsplit(asked).path.strip("/")) > 0
    led_to_the_front = bool(looked.moves) and was_deep and urlsplit(looked.url).path in ("", "/")
    title = _TITLE.search(looked.beginning)
    return led_to_the_front or bool(title and _FOUND_NOTHING.search(title[1].decode("utf-8", "replace")))


def _write(address: ForeignAddress, outcome: Looked | Exception) -> None:
    at = database_now()
    before = rules.Verdict(address.state, address.failures, address.first_failed_at, address.next_check_at)
    moved_to = ""
    if isinstance(outcome, Looked):
        soft = is_soft_404(address.address, outcome)
        verdict = rules.verdict_of_answer(outcome.status, outcome.moves, soft, before, at)
        answer, moved_to = str(outcome.status), outcome.url if verdict.state == "moved" else ""
    elif isinstance(outcome, FetchRefused):
        verdict, answer = rules.verdict_of_refusal(str(outcome), before, at), str(outcome)
    else:
        verdict, answer = rules.verdict_of_failure(before, at), str(outcome)
    ForeignAddress.objects.filter(pk=address.pk).update(
        state=verdict.state or address.state, last_answer=answer[:60], moved_to=moved_to, checked_at=at, failures=verdict.failures,
        first_failed_at=verdict.first_failed_at, next_check_at=verdict.next_check_at,
    )  # fmt: skip
