"""A thread of 2,000 comments: its first page in each order, a page in the middle, one branch; the whole thread beside it.

The peer is the same thread drawn whole, as its page for print does it: what platforms do that keep no pages (consultations.md,
section 11, want 7). Limit for the first page, 50 comments: 150 ms, in a fixed number of questions to the database.
"""

from __future__ import annotations

import logging
import statistics
import time
from typing import Any

from bench.own_database import own_database

ROOTS, ANSWERS = 1000, 1
"""With one answer each: 2,000 comments, and the first."""
RUNS, RUNS_SHORT = 30, 5
LIMIT = 150.0


def main(short: bool) -> None:
    """Short: 5 runs of each instead of 30."""
    with own_database():
        _tell(RUNS_SHORT if short else RUNS)


def _tell(runs: int) -> None:
    import django

    django.setup()
    logging.getLogger("ratusz.requests").setLevel(logging.WARNING)
    from ratusz.participation.forum import factories
    from ratusz.participation.forum.models import Comment
    from ratusz.participation.forum.queries import ORDERS

    author = factories.make_participant()
    first = factories.make_opening(factories.TopicFactory(), author)
    factories.make_many(first.thread, ROOTS, author, answers_to_each=ANSWERS)
    middle = Comment.objects.filter(thread=first.thread).roots().order_by("written_at")[ROOTS // 2]
    page = f"/pks/watek/{first.thread_id}/"
    calls = {f"first page, {order}": f"{page}?kolejnosc={order}" for order in ORDERS}
    calls |= {"page in the middle": f"{page}?od={middle.pk}", "one branch": f"/pks/wpis/{middle.pk}/"}
    print(f"{ROOTS * (1 + ANSWERS) + 1} comments; {runs} runs of each, milliseconds; limit {LIMIT:.0f}")
    whole = statistics.median(_milliseconds(f"{page}druk/")[0] for _run in range(max(3, runs // 5)))
    for name, address in calls.items():
        times, questions = zip(*(_milliseconds(address) for _run in range(runs)), strict=True)
        middle_time, worst = statistics.median(times), max(times)
        verdict = "ok" if middle_time <= LIMIT else "OVER"
        print(f"  {name:<36} median {middle_time:6.1f}, worst {worst:6.1f}, {questions[0]} queries, "
              f"{whole / middle_time:4.1f} times quicker than the whole thread: {verdict}")  # fmt: skip
    print(f"  {'peer: the whole thread on one page':<36} median {whole:6.1f}")


def _milliseconds(address: str) -> tuple[float, int]:
    """How long one page takes without a browser, and how many questions it asks; the words of comments are drawn anew."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from ratusz.participation.forum import texts

    texts.rendered.cache_clear()
    client: Any = Client(SERVER_NAME="localhost")
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        answer = client.get(address)
        took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.status_code
    return took, len(asked)
