"""E7: the 320 ballots of Wrocław 2025 (one line, 65 telephones, voters of 90 to 99) are found; libraries, carriers and families are not."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from ratusz.participation.voting.anomalies import CastFact, Flag, Limits, Signal, flags

START = datetime(2027, 9, 10, tzinfo=UTC)
BANDS, WEIGHTS = ("<18", "18-29", "30-44", "45-59", "60-74", "75+"), (18, 14, 26, 20, 16, 6)
LIBRARY = b"library"


def fact(code: object, **facts) -> CastFact:
    start = {"line": b"", "phone": b"", "at": START, "age_band": "30-44", "district": 1}
    return CastFact(code=str(code), **(start | facts))


def the_city(chance: random.Random, voters: int) -> list[CastFact]:
    """Households with a line each; a fifth behind shared lines of carriers, some in libraries; families of up to five on one phone."""
    made: list[CastFact] = []
    while len(made) < voters:
        where = chance.random()
        household = chance.choices((1, 2, 3, 4, 5), (60, 20, 10, 7, 3))[0]
        line = f"home{len(made)}".encode()
        if where < 0.2:
            line = f"carrier{chance.randrange(60)}".encode()
        elif where < 0.25:
            line, household = LIBRARY, 1
        at = START + timedelta(minutes=chance.triangular(0, 14 * 1440, 14 * 1440))
        phone, district = f"phone{len(made)}".encode(), chance.randrange(1, 23)
        for _person in range(household):
            band = chance.choices(BANDS, WEIGHTS)[0]
            made.append(fact(len(made), line=line, phone=phone, at=at, age_band=band, district=district))
            at += timedelta(minutes=3)
    return made


@pytest.mark.slow
def test_the_cluster_is_found_and_the_city_is_left_alone():
    chance = random.Random(2027)
    city = the_city(chance, 60_000)
    cluster = [
        fact(f"w{number}", line=b"one line", phone=f"burner{number % 65}".encode(), age_band="75+", district=7,
             at=START + timedelta(days=9, minutes=2 * number))
        for number in range(320)
    ]  # fmt: skip
    found = {flag.code for flag in flags(city + cluster, Limits(known_lines=frozenset({LIBRARY})))}
    assert {each.code for each in cluster} <= found
    false = found - {each.code for each in cluster}
    assert len(false) < 0.005 * len(city), len(false)
    assert not {each.code for each in city if each.line == LIBRARY} & found


def test_a_vote_without_telephones_is_looked_at_as_well():
    posted = [fact(number, line=b"x", at=START + timedelta(minutes=number)) for number in range(9)]
    assert flags(posted, Limits()) == [] == flags([], Limits())


def test_one_signal_alone_flags_nobody():
    busy = [fact(number, line=b"cgnat", phone=str(number).encode(), at=START + timedelta(hours=number), age_band=BANDS[number % 6])
            for number in range(60)]  # fmt: skip
    family = [fact(f"f{number}", phone=b"family", line=b"home", at=START + timedelta(hours=number)) for number in range(5)]
    assert flags(busy + family, Limits()) == []


def test_signals_that_meet_are_named_in_their_order():
    quick = [
        fact(number, line=b"x", phone=f"p{number % 2}".encode(), at=START + timedelta(minutes=number % 9), officer=3)
        for number in range(10)
    ]
    others = [fact(f"o{number}", line=f"l{number}".encode(), phone=f"q{number}".encode(), age_band="18-29") for number in range(60)]
    assert flags(quick + others, Limits())[0] == Flag("0", (Signal.LINE, Signal.PHONE, Signal.AGES, Signal.OFFICER))
    spread = [fact(number, line=b"x", phone=b"p", at=START + timedelta(minutes=10 * number)) for number in range(6)]
    assert flags(spread, Limits()) == []
