"""The map of 10,000 remarks with a point and 500 with an area: each view's milliseconds and kilobytes beside their limits.

Limits: consultations.md, section 12: 1 second on a middling telephone, of which ours is what the server needs, and 300 kB a view.
The peer is what a map library in the browser would be sent for the same view: every place as GeoJSON.
"""

from __future__ import annotations

import logging
import random
import statistics
import time
import uuid
from math import cos, radians, sin
from typing import Any

from bench.own_database import own_database

POINTS, AREAS, SHORT = 10_000, 500, 10
RUNS, RUNS_SHORT = 15, 3
LIMIT_MS, LIMIT_KB = 1000.0, 300.0
MIDDLE = (19.02, 50.26)
CORNERS = 40


def main(short: bool) -> None:
    """Short: a tenth of the remarks, 3 runs of each view."""
    with own_database():
        _tell(*((POINTS // SHORT, AREAS // SHORT, RUNS_SHORT) if short else (POINTS, AREAS, RUNS)))


def _tell(points: int, areas: int, runs: int) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    consultation = _fill(points, areas)
    from django.test import Client
    from django.urls import reverse

    client, address = Client(), reverse("remarks:map", args=[consultation.slug])
    print(f"{points} points and {areas} areas of {CORNERS} corners; {runs} runs of each view")
    for name, query in (
        ("whole city", ""), ("four times nearer", "?zoom=2&miejsce=50.26,19.02"), ("nearest", "?zoom=7&miejsce=50.26,19.02"),
        ("whole city, some words", "?q=lawka"),
    ):  # fmt: skip
        took, worked, size = [], [], 0
        for _run in range(runs):
            started, begun = time.perf_counter(), time.process_time()
            answer = client.get(address + query)
            took.append((time.perf_counter() - started) * 1000)
            worked.append((time.process_time() - begun) * 1000)
            assert answer.status_code == 200
            size = len(answer.content)
        middle, kilobytes = statistics.median(took), size / 1000
        verdict = "ok" if middle <= LIMIT_MS and kilobytes <= LIMIT_KB else "OVER"
        alone = statistics.median(worked)
        print(
            f"  {name}: {middle:.0f} ms of {LIMIT_MS:.0f} ({middle / LIMIT_MS:.2f}), of them {alone:.0f} of our own work,"
            f" {kilobytes:.0f} kB of {LIMIT_KB:.0f}: {verdict}"
        )
    started = time.perf_counter()
    plain = sum(map(len, client.get(reverse("remarks:download", args=[consultation.slug, "geojson"])).streaming_content))
    print(f"  peer: every place as GeoJSON {plain / 1000:.0f} kB, {(time.perf_counter() - started) * 1000:.0f} ms")


def _fill(points: int, areas: int) -> Any:
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.kit.codes import random_code
    from ratusz.participation.consultations.factories import ConsultationFactory
    from ratusz.participation.remarks.actions.showing import vector
    from ratusz.participation.remarks.models import Intake, Remark

    consultation, now, chance = ConsultationFactory(running=True), database_now(), random.Random(7)
    facts: Any = {"consultation": consultation, "channel": "online", "state": "accepted", "received_at": now, "entered_at": now}
    intakes = [Intake(receipt=random_code(12), form_key=uuid.uuid4(), **facts) for _each in range(points + areas)]
    Intake.objects.bulk_create(intakes, batch_size=1000)
    common: Any = {"consultation": consultation, "is_public": True, "made_at": now, "shown_at": now}
    rows = []
    for number, intake in enumerate(intakes, 1):
        content = f"Proszę o {'ławkę' if number % 9 else 'kosz'} w miejscu numer {number}, bo wszyscy tamtędy chodzą."
        place = _area(chance) if number > points else {"type": "Point", "coordinates": _near(chance)}
        rows.append(
            Remark(
                intake=intake, number=number, content=content, public_content=content, place=place, words=vector(content),
                public_words=vector(content), **common,
            )
        )  # fmt: skip
    Remark.objects.bulk_create(rows, batch_size=500)
    return consultation


def _near(chance: random.Random) -> list[float]:
    """Most near the middle, as people write of the same squares; all within the city."""
    spread = chance.choice((0.002, 0.01, 0.04))
    return [round(chance.gauss(MIDDLE[0], spread), 6), round(chance.gauss(MIDDLE[1], spread / 2), 6)]


def _area(chance: random.Random) -> dict[str, Any]:
    longitude, latitude = _near(chance)
    size = chance.uniform(0.0005, 0.01)
    angles = [radians(360 * corner / CORNERS) for corner in range(CORNERS)]
    ring = [[longitude + size * cos(each), latitude + size / 2 * sin(each)] for each in angles]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
