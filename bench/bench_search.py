"""The portal's search over 50,000 pages and documents: how long a question takes, the slowest twentieth of them against the limit.

Texts are made of words of the program's own Polish catalogues, frequent ones often, as people write; questions are one to three of
those words, most in another form than they stand in. Each is asked as a visitor asks: matching, ranking, counting by kind,
ten results with their words marked. Then the same questions again with 20,000 remarks of residents, which are gathered by
consultation beside the results: what they cost is told by itself.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Iterator

from bench.own_database import own_database
from ratusz.config.home import CHECKOUT

ENTRIES, QUESTIONS, LIMIT_MS = 50_000, 400, 100.0
WORDS_IN_A_TEXT = 180
REMARKS, CONSULTATIONS, WORDS_IN_A_REMARK = 20_000, 20, 40


def main(short: bool) -> None:
    """Short: 5,000 entries and 100 questions; the limit is of the whole, so the short run only shows that it works."""
    entries, questions = (5_000, 100) if short else (ENTRIES, QUESTIONS)
    with own_database():
        _tell(entries, questions)


def _tell(entries: int, questions: int) -> None:
    import django

    django.setup()
    from django.db import connection

    from ratusz.foundation.kit.registries import SearchSource, search_sources
    from ratusz.publishing.website.actions import rebuild_search

    words = _words()
    search_sources.register("bench", SearchSource(entries=lambda: _entries(words, entries), entry=lambda key: None))
    began = time.perf_counter()
    written = rebuild_search()
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"entries written: {written} in {seconds:.0f} s ({written / seconds:.0f} a second, lemmas included)")
    times, _beside, found = _asked(words, questions)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"questions: {len(times)}, with results: {found}, median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    print(f"p95: {p95:.1f} ms, limit {LIMIT_MS:.0f} ms over {ENTRIES} entries, ratio {p95 / LIMIT_MS:.2f}")
    remarks = REMARKS * entries // ENTRIES
    _fill_remarks(words, remarks)
    times, beside, found = _asked(words, questions)
    with_remarks = statistics.quantiles(times, n=20)[-1]
    print(f"with {remarks} remarks: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms, with results: {found}")
    print(f"of that remarks alone: median {statistics.median(beside):.1f} ms, p95 {statistics.quantiles(beside, n=20)[-1]:.1f} ms")
    print(f"p95 with remarks: {with_remarks:.1f} ms, ratio {with_remarks / LIMIT_MS:.2f}, to none {with_remarks / p95:.2f}")


def _words() -> list[str]:
    """Polish words of the catalogues, most frequent first."""
    from collections import Counter

    from ratusz.foundation.kit.lemmas import words_of

    counts: Counter[str] = Counter()
    for catalogue in sorted((CHECKOUT / "src").rglob("locale/pl/LC_MESSAGES/django.po")):
        lines = [line[6:] for line in catalogue.read_text().splitlines() if line.startswith("msgstr ")]
        counts.update(word.lower() for line in lines for word in words_of(line) if len(word) > 2 and not word.isdigit())
    return [word for word, _number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _drawn(words: list[str], dice: random.Random) -> Iterator[str]:
    """Words as often as people use them: the n-th one n times more seldom than the first."""
    weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(words))))
    while True:
        yield from dice.choices(words, cum_weights=weights, k=1000)


def _entries(words: list[str], number: int):
    from ratusz.foundation.kit.registries import SearchEntry

    drawn = _drawn(words, random.Random(1))

    def text(length: int) -> str:
        return " ".join(itertools.islice(drawn, length))

    for place in range(number):
        yield SearchEntry(
            key=str(place), url=f"/bench/{place}/", title=text(6), summary=text(20), body=text(WORDS_IN_A_TEXT),
            kind=("news", "guide", "page")[place % 3],
        )  # fmt: skip


def _fill_remarks(words: list[str], number: int) -> None:
    import uuid

    from django.db import connection

    from ratusz.foundation.kit.clock import database_now
    from ratusz.participation.consultations.factories import ConsultationFactory
    from ratusz.participation.remarks.actions.showing import vector
    from ratusz.participation.remarks.models import Intake, Remark

    drawn, now = _drawn(words, random.Random(3)), database_now()
    held = [ConsultationFactory(running=True) for _each in range(CONSULTATIONS)]
    common = {"channel": "online", "state": "accepted", "received_at": now, "entered_at": now}
    rows = [
        Intake(consultation=held[each % CONSULTATIONS], receipt=f"B-{each}", form_key=uuid.uuid4(), **common)
        for each in range(number)
    ]
    remarks = []
    for each, intake in enumerate(Intake.objects.bulk_create(rows, batch_size=1000)):
        said = " ".join(itertools.islice(drawn, WORDS_IN_A_REMARK))
        facts = {"content": said, "public_content": said, "public_words": vector(said), "is_public": True, "made_at": now}
        remarks.append(Remark(consultation=intake.consultation, intake=intake, number=each + 1, shown_at=now, **facts))
    Remark.objects.bulk_create(remarks, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _asked(words: list[str], number: int) -> tuple[list[float], list[float], int]:
    """How long each question took in ms, how long remarks took of that, and how many found something."""
    from django.contrib.auth.models import AnonymousUser

    from ratusz.foundation.kit.clock import database_now
    from ratusz.publishing.website.registries import gathered
    from ratusz.publishing.website.search.results import search

    dice, at, times, found = random.Random(2), database_now(), [], 0
    of_beside: list[float] = []
    # What people type are words of a matter, not the commonest ones of all.
    drawn = _drawn(words[40:], dice)
    for _question in range(number + 5):
        asked = " ".join(itertools.islice(drawn, dice.randint(1, 3)))
        began = time.perf_counter()
        results = search(asked, person=AnonymousUser(), at=at)
        shown, apart = results.found, time.perf_counter()
        beside = gathered(asked, at)
        of_beside.append((time.perf_counter() - apart) * 1000)
        times.append((time.perf_counter() - began) * 1000)
        found += bool(shown or beside)
    return times[5:], of_beside[5:], min(found, number)
