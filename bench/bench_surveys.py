"""Answers to a survey at 100 a second: the whole POST of its page, every twentieth form sent twice, nothing lost or doubled.

32 clients ask two web processes over HTTP for 60 seconds, each answer from a line of its own with a form of its own.
Printed: p50, p95, answers kept beside forms sent, and the bare database's rate for the same rows, measured in the same run.
"""

from __future__ import annotations

import http.client
import logging
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from bench.bench_meetings import opened_form, web_processes
from bench.own_database import own_database

RATE, SECONDS, SECONDS_SHORT, LIMIT_MS = 100, 60, 4, 300.0
CLIENTS, WARM_UP, TWICE = 32, 10, 20
ROWS = 2000
"""Of the bare database's figure."""


def main(short: bool) -> None:
    """Short: 4 seconds instead of 60."""
    with own_database(RATUSZ_PROOF_BITS="1"):
        _tell(SECONDS_SHORT if short else SECONDS)


def _tell(seconds: int) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    from ratusz.participation.surveys.factories import EVERY_KIND, make_survey
    from ratusz.participation.surveys.models import Answer, Submission

    survey = make_survey(EVERY_KIND)
    times, sent = _answers(f"/ankieta/{survey.slug}/pl/", seconds)
    kept, receipts = Answer.objects.filter(survey=survey).count(), Submission.objects.filter(survey=survey).count()
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    middle = statistics.median(times)
    print(f"answers at {RATE}/s for {seconds} s: p50 {middle:.0f} ms, p95 {p95:.0f} ms (limit {LIMIT_MS:.0f} ms)")
    print(f"kept: {kept} answers and {receipts} receipts of {sent} forms, {len(times)} sendings")
    floor = _bare(survey)
    print(
        f"the bare database writes the same two rows {floor:.0f} times a second, one after another: {floor / RATE:.1f} of our rate"
    )
    assert kept == receipts == sent


def _answers(path: str, seconds: int) -> tuple[list[float], int]:
    """Posts at a steady rate; one that begins late counts from when it should have begun."""
    from django.db import connection

    forms = _forms(RATE * seconds)
    local = threading.local()
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
            status = _post(port, path, number, forms[number], *local.form)
            assert status == 302, status
            return (time.perf_counter() - wanted) * 1000

        with ThreadPoolExecutor(CLIENTS) as pool:
            times = list(pool.map(post, range(len(forms))))
    return times, len({form["klucz"] for form in forms})


def _forms(count: int) -> list[dict[str, str]]:
    """What browsers send; every twentieth is the one before it, sent again."""
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.people.factories import guard_fields
    from ratusz.participation.surveys.links import new_key

    at, made = database_now(), []
    for number in range(count):
        if made and number % TWICE == 0:
            made.append(made[-1])
            continue
        made.append(
            {
                "klucz": new_key(), "wersja": "1", **guard_fields("surveys.answer", at), "p1": "abc"[number % 3], "p3": "no",
                "p4": str(number % 5 + 1), "p7": str(number % 90), "p9": "zieleń", "p10": "Więcej drzew przy placu zabaw.",
            }
        )  # fmt: skip
    return made


def _post(port: int, path: str, number: int, facts: dict[str, str], cookie: str, token: str) -> int:
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


def _bare(survey) -> float:
    """Receipt and answer in one transaction, by one connection, without page, checks or limits."""
    from django.db import transaction

    from ratusz.foundation.kit.dates import local_day
    from ratusz.participation.surveys.models import Answer, Submission

    version, day = survey.versions.get(), local_day(survey.opens_at)
    start = time.perf_counter()
    for number in range(ROWS):
        with transaction.atomic():
            Submission.objects.create(survey=survey, key=f"b{number}", receipt=f"b{number}", channel="online", day=day)
            Answer.objects.create(survey=survey, questionnaire=version, channel="online", content={"p1": "a"})
    return ROWS / (time.perf_counter() - start)
